import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.js';

const NOW = Date.UTC(2024, 0, 1, 0, 0, 0);

it.each([
  ['0', 0],
  ['2', 2_000],
  ['2.5', 2_500],
  ['0.0004', 1],
  [' 7 ', 7_000],
  ['Mon, 01 Jan 2024 00:00:30 GMT', 30_000],
  ['Mon, 01 Jan 2024 00:00:00 GMT', 0],
  ['Sun, 31 Dec 2023 23:59:00 GMT', 0],
  ['1000000000', 1_000_000_000_000],
  ['-1', undefined],
  ['', undefined],
  ['soon', undefined],
  ['2 minutes', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['2024-01-01T00:00:30Z', undefined],
  [undefined, undefined],
])('reads %j as %s ms', (value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms);
});

it('never answers a negative or unreal wait, whatever a server sends', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.double().map(String), fc.date({ noInvalidDate: true }).map(String)),
      (value) => {
        const ms = parseRetryAfter(value, NOW) ?? 0;

        expect(ms >= 0 && !Number.isNaN(ms)).toBe(true);
      },
    ),
  );
});
