import { describe, expect, it } from 'vitest';
import { durationMs } from './duration.js';
import { nextRun, schedulePattern } from './schedule.js';

const HOURLY = { cron: '0 * * * *', timeZone: 'UTC', spreadMs: 0 };

describe('a schedule', () => {
  it.each([
    ['the next full hour', '0 * * * *', 'UTC', '2026-01-01T00:10:00Z', '2026-01-01T01:00:00Z'],
    ['not the very same time', '0 * * * *', 'UTC', '2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z'],
    ['moved by its spread', '0 * * * * +90s', 'UTC', '2026-01-01T00:10:00Z', '2026-01-01T01:01:30Z'],
    ['moved, and not over yet', '0 * * * * +90s', 'UTC', '2026-01-01T01:01:00Z', '2026-01-01T01:01:30Z'],
    ['with seconds', '*/20 * * * * *', 'UTC', '2026-01-01T00:00:05Z', '2026-01-01T00:00:20Z'],
    ['in its time zone', '0 2 * * *', 'America/New_York', '2026-01-01T00:00:00Z', '2026-01-01T07:00:00Z'],
    ['in summer time', '0 2 * * *', 'Europe/Berlin', '2026-07-01T12:00:00Z', '2026-07-02T00:00:00Z'],
    [
      'after the hour that summer time leaves out',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00Z',
    ],
    ['UTC unless it says', '0 2 * * *', undefined, '2026-01-01T00:00:00Z', '2026-01-01T02:00:00Z'],
  ])('runs %s', (_what, pattern, timeZone, after, expected) => {
    expect(new Date(nextRun(pattern, timeZone, Date.parse(after))).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it('gives each account its own place in the spread, the same each time', () => {
    const spread = { ...HOURLY, spreadMs: 600_000 };
    const patterns = Array.from({ length: 200 }, (_, index) => schedulePattern(`account-${index}`, spread));

    expect(schedulePattern('account-0', spread)).toBe(patterns[0]);
    expect(new Set(patterns).size).toBeGreaterThan(150);
    for (const pattern of patterns) expect(Number(/\+(\d+)s$/.exec(pattern)?.[1])).toBeLessThan(600);
  });

  it('stays as it is without a spread', () => {
    expect(schedulePattern('a', HOURLY)).toBe('0 * * * *');
  });
});

describe('durationMs', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['0s', undefined],
    ['1d', undefined],
    ['', undefined],
  ])('of %s is %s', (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });
});
