import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeySet } from './key-set.js';

describe('KeySet', () => {
  it('answers as a set of texts does', () => {
    const keys = fc.oneof(fc.constantFrom('', 'a', 'a\0', 'a\0\0', '\u{10000}', 'ü'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 60 }), (sequence) => {
        const [ours, expected] = [new KeySet(), new Set<string>()];

        for (const key of sequence) {
          expect(ours.has(key)).toBe(expected.has(key));
          expect(ours.add(key)).toBe(!expected.has(key));
          expected.add(key);
          expect(ours.has(key)).toBe(true);
        }
      }),
    );
  });

  it('tells a hundred thousand keys that differ little from each other', () => {
    const keys = new KeySet();
    const all = Array.from({ length: 100_000 }, (_, index) => `acme_host:${index}|has|acme_user:${index % 7}`);

    expect(all.filter((key) => keys.add(key))).toHaveLength(all.length);
    expect(all.filter((key) => !keys.has(key))).toEqual([]);
    expect(all.filter((key) => keys.add(key))).toEqual([]);
    expect(all.filter((key) => keys.has(`${key} `))).toEqual([]);
  });
});
