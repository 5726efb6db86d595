import { describe, expect, it } from 'vitest';
import { exitCode, worstStatus, type RunStatus } from './run-status.js';

describe('worstStatus', () => {
  it.each<[RunStatus[], RunStatus]>([
    [[], 'success'],
    [['success', 'success'], 'success'],
    [['success', 'partial'], 'partial'],
    [['partial', 'failure', 'success'], 'failure'],
    [['failure', 'interrupted', 'partial'], 'interrupted'],
  ])('of %j is %s', (statuses, expected) => {
    expect(worstStatus(statuses)).toBe(expected);
  });
});

describe('exitCode', () => {
  it.each<[RunStatus, boolean, number]>([
    ['success', false, 0],
    ['failure', false, 1],
    ['partial', false, 2],
    ['interrupted', false, 130],
    ['success', true, 0],
    ['failure', true, 1],
    ['partial', true, 0],
    ['interrupted', true, 130],
  ])('of %s with allowPartial %s is %i', (status, allowPartial, expected) => {
    expect(exitCode(status, { allowPartial })).toBe(expected);
  });
});
