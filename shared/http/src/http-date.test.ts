import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseHttpDate } from './http-date.js';

it.each([
  ['the preferred form', 'Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
  ['the form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT', 784111777000],
  ['the form of asctime', 'Sun Nov  6 08:49:37 1994', 784111777000],
  ['blanks around it', '  Tue, 14 Nov 2023 22:13:20 GMT ', 1700000000000],
])('reads %s', (_what, text, ms) => {
  expect(parseHttpDate(text)).toBe(ms);
});

it.each(['', 'abc 1', '2', '2024-01-01T00:00:00Z', 'Sun, 99 Nov 1994 08:49:37 GMT', 'Sunny 1', 'Nov 6 1994'])(
  'does not take %j for a date',
  (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  },
);

it('reads back every date that JavaScript writes in this form', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
      expect(parseHttpDate(new Date(seconds * 1000).toUTCString())).toBe(seconds * 1000);
    }),
  );
});
