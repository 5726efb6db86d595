import { describe, expect, it } from 'vitest';
import { isLow, isUsedUp, quotaOf } from './quota.js';

describe('quotaOf', () => {
  it('reads the usage headers', () => {
    const headers = { 'x-api-usage-limit': '5000', 'x-api-usage-remaining': '4987', 'x-api-usage-today': '13' };

    expect(quotaOf(headers)).toEqual({ limit: 5000, remaining: 4987 });
  });

  it.each<Record<string, string>>([
    {},
    { 'x-api-usage-limit': '5000' },
    { 'x-api-usage-limit': '', 'x-api-usage-remaining': '' },
    { 'x-api-usage-limit': 'many', 'x-api-usage-remaining': '10' },
    { 'x-api-usage-limit': '5000', 'x-api-usage-remaining': '-1' },
    { 'x-api-usage-limit': '5e3', 'x-api-usage-remaining': '10' },
  ])('learns nothing from %j', (headers) => {
    expect(quotaOf(headers)).toBeUndefined();
  });
});

describe('isLow', () => {
  it.each([
    [5000, 500, false],
    [5000, 499, true],
    [50, 5, false],
    [50, 4, true],
    [0, 0, false],
  ])('of %i calls, %i are left: %j', (limit, remaining, expected) => {
    expect(isLow({ limit, remaining })).toBe(expected);
  });
});

describe('isUsedUp', () => {
  it.each<[number, Record<string, string>, boolean]>([
    [429, { 'x-api-usage-remaining': '0' }, true],
    [429, { 'x-api-usage-remaining': '1' }, false],
    [429, {}, false],
    [429, { 'x-api-usage-remaining': 'none' }, false],
    [503, { 'x-api-usage-remaining': '0' }, false],
  ])('takes %i with %j for %j', (status, headers, expected) => {
    expect(isUsedUp({ status, headers })).toBe(expected);
  });
});
