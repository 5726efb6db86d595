import { describe, expect, it } from 'vitest';
import { alertsWindow } from './alerts-window.js';

const STARTED = Date.parse('2026-03-31T12:00:00.999Z');

describe('alertsWindow', () => {
  it.each([
    ['30 days up to now', 43_200, 0, 0, '2026-03-01T12:00:00Z', '2026-03-31T12:00:00Z'],
    ['24 hours, ten minutes behind', 1_440, 10, 0, '2026-03-30T11:50:00Z', '2026-03-31T11:50:00Z'],
    ['an hour, the server an hour behind', 60, 0, -60, '2026-03-31T10:00:00Z', '2026-03-31T11:00:00Z'],
    ['an hour, the server an hour ahead', 60, 0, 60, '2026-03-31T12:00:00Z', '2026-03-31T13:00:00Z'],
    ['delay and adjustment together', 5, 3, -2, '2026-03-31T11:50:00Z', '2026-03-31T11:55:00Z'],
    ['across a leap day', 525_600 * 2 + 1_440, 0, 0, '2024-03-30T12:00:00Z', '2026-03-31T12:00:00Z'],
  ])('is %s', (_, alertsWindowMinutes, alertsDelayMinutes, alertsTimeAdjustmentMinutes, from, until) => {
    expect(alertsWindow(STARTED, { alertsWindowMinutes, alertsDelayMinutes, alertsTimeAdjustmentMinutes })).toEqual({
      from,
      until,
    });
  });
});
