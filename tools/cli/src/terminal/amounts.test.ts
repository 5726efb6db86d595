import { describe, expect, it } from 'vitest';
import { bytes, count, counted, duration } from './amounts.js';

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [4249, '4.2 s'],
    [9600, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 00 s'],
    [187_000, '3 min 07 s'],
    [7_500_000, '2 h 05 min'],
  ])('%i ms is %s', (ms, expected) => {
    expect(duration(ms)).toBe(expected);
  });
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [3400, '3.4 kB'],
    [5_600_000, '5.6 MB'],
  ])('%i is %s', (amount, expected) => {
    expect(bytes(amount)).toBe(expected);
  });
});

describe('count', () => {
  it('groups thousands', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(counted(1, 'retry', 'retries')).toBe('1 retry');
    expect(counted(1200, 'request')).toBe('1,200 requests');
  });
});
