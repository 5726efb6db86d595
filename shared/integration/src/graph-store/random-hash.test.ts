import { describe, expect, it } from 'vitest';
import { RandomHash } from './random-hash.js';

const hash = new RandomHash();

function hashOf(text: string): number[] {
  return [...hash.of(text)];
}

describe('RandomHash', () => {
  it('gives a text the same hash each time, and another one by another instance', () => {
    const first = hashOf('acme_host:1');

    expect(hashOf('acme_host:1')).toEqual(first);
    expect([...new RandomHash().of('acme_host:1')]).not.toEqual(first);
  });

  it.each([
    ['one bit at the beginning', 'acme_host:1', 'bcme_host:1'],
    ['the last character', 'acme_host:1234567', 'acme_host:1234568'],
    ['a zero behind its end', 'acme', 'acme\0'],
    ['zeros only', '\0\0', '\0\0\0'],
    ['the high byte of a character', 'ā', 'Ă'],
    ['how many characters their bytes stand for', 'ā', '\u0001\u0001'],
    ['how their bytes stand for characters', '\u0001\u0001', 'ā\0'],
    ['how eight bytes stand for characters', 'host:abc', '潨瑳愺换\0\0\0\0'],
    ['halves of surrogate pairs', 'acme\ud800', 'acme\ud801'],
    ['half of a surrogate pair and its replacement', 'acme\ud800', 'acme\ufffd'],
    ['the end of a long text', `${'x'.repeat(5_000)}1`, `${'x'.repeat(5_000)}2`],
    ['the end of a long text that is not ASCII', `${'ā'.repeat(5_000)}1`, `${'ā'.repeat(5_000)}2`],
    ['the order of blocks', '01234567abcdefgh', 'abcdefgh01234567'],
  ])('differs in each of its parts for texts that differ in %s', (_what, a, b) => {
    const other = hashOf(b);

    expect(hashOf(a).filter((word, index) => word === other[index])).toEqual([]);
  });

  it('gives a text the same hash after a longer one', () => {
    const texts = ['acme', 'ā', ''];
    const first = texts.map(hashOf);
    for (const long of ['x'.repeat(50), 'ā'.repeat(2_000), 'x'.repeat(100_000)]) hash.of(long);

    expect(texts.map(hashOf)).toEqual(first);
  });

  it('uses all bits of all of its parts alike', () => {
    const counts = Array.from({ length: 128 }, () => 0);
    for (let index = 0; index < 4_096; index += 1) {
      for (const [part, word] of hashOf(`acme_host:${index}`).entries())
        for (let bit = 0; bit < 32; bit += 1)
          counts[part * 32 + bit] = (counts[part * 32 + bit] ?? 0) + ((word >>> bit) & 1);
    }

    // Ten standard deviations around the half.
    expect(counts.filter((count) => Math.abs(count - 2_048) > 320)).toEqual([]);
  });
});
