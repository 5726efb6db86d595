import { describe, expect, it } from 'vitest';
import { isoMillis, millis } from './epoch-millis.js';

describe('millis', () => {
  it.each([
    [1_700_000_000, 1_700_000_000_000],
    [1_700_000_000.1234, 1_700_000_000_123],
    [1, 1000],
    [0, undefined],
    [-0, undefined],
    [null, undefined],
    [undefined, undefined],
    [-62_135_596_800, undefined],
    [NaN, undefined],
    [Infinity, undefined],
    [8.64e12, 8.64e15],
    [8.65e12, undefined],
  ])('%s s is %s ms', (seconds, expected) => {
    expect(millis(seconds)).toBe(expected);
  });
});

describe('isoMillis', () => {
  it.each([
    ['2024-02-29T12:34:56Z', 1_709_210_096_000],
    ['2024-02-29T12:34:56.789Z', 1_709_210_096_789],
    ['2024-02-29T12:34:56.789123456Z', 1_709_210_096_789],
    ['2024-02-29t12:34:56z', 1_709_210_096_000],
    ['2024-02-29T14:34:56+02:00', 1_709_210_096_000],
    ['2024-02-29T14:34:56+0200', 1_709_210_096_000],
    ['2024-02-29T07:04:56-0530', 1_709_210_096_000],
    ['2024-02-29 12:34:56', 1_709_210_096_000],
    ['2024-02-29T12:34:56', 1_709_210_096_000],
    ['2024-02-29 12:34:56 +0000', 1_709_210_096_000],
    ['2024-02-29T12:34Z', 1_709_210_040_000],
    ['2024-02-29', 1_709_164_800_000],
    [' 2024-02-29 ', 1_709_164_800_000],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000],
    ['1970-01-01T00:00:00Z', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['1969-12-31T23:59:59Z', undefined],
    ['2024-13-01', undefined],
    ['2024-02-29T25:00:00Z', undefined],
    ['+010000-01-01T00:00:00Z', undefined],
    ['1', undefined],
    ['never 1', undefined],
    ['Thu, 29 Feb 2024 12:34:56 GMT', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %s', (text, expected) => {
    expect(isoMillis(text)).toBe(expected);
  });
});
