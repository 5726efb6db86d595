import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyNumbers } from './key-numbers.js';

describe('KeyNumbers', () => {
  it('numbers keys in the order in which they come, as a map of texts would', () => {
    const keys = fc.oneof(fc.constantFrom('', 'a', 'a\0', 'a\0\0', '\u{10000}', 'ü'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.uniqueArray(keys, { maxLength: 60 }), (sequence) => {
        const [ours, expected] = [new KeyNumbers(), new Map<string, number>()];

        for (const key of sequence) {
          expect(ours.numberOf(key)).toBeUndefined();
          expect(ours.add(key)).toBe(expected.size);
          expected.set(key, expected.size);
          expect(ours.add(key)).toBe(expected.get(key));
        }

        expect(sequence.map((key) => ours.numberOf(key))).toEqual([...expected.values()]);
        expect(ours.size).toBe(sequence.length);
      }),
      { seed: 9 },
    );
  });

  it('knows a hundred thousand keys that differ little from each other', () => {
    const numbers = new KeyNumbers();
    const keys = Array.from({ length: 100_000 }, (_, index) => `acme_vulnerability:${index}`);

    for (const key of keys) numbers.add(key);

    expect(keys.filter((key, index) => numbers.numberOf(key) !== index)).toEqual([]);
    expect(keys.filter((key) => numbers.numberOf(`${key} `) !== undefined)).toEqual([]);
  });
});
