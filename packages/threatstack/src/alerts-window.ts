/** A stretch of time as Threat Stack's parameters `from` and `until` take it: ISO 8601 instants, to the second. */
export interface AlertsWindow {
  from: string;
  until: string;
}

const MINUTE_MS = 60_000;

/**
 * The window in which alerts are read.
 *
 * @param startedOn when the collection began, in milliseconds since the epoch
 * @param options.alertsWindowMinutes how long the window is
 * @param options.alertsDelayMinutes how long before `startedOn` it ends, because Threat Stack is behind with its own work
 * @param options.alertsTimeAdjustmentMinutes moves the whole window, back when negative, for servers whose clock is off
 */
export function alertsWindow(
  startedOn: number,
  options: { alertsWindowMinutes: number; alertsDelayMinutes: number; alertsTimeAdjustmentMinutes: number },
): AlertsWindow {
  const { alertsWindowMinutes, alertsDelayMinutes, alertsTimeAdjustmentMinutes } = options;
  const until = startedOn + (alertsTimeAdjustmentMinutes - alertsDelayMinutes) * MINUTE_MS;
  return { from: toSecond(until - alertsWindowMinutes * MINUTE_MS), until: toSecond(until) };
}

function toSecond(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
