/** Time limits of a request, ms. */
export interface Timeouts {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** From sending until the answer's headers are in. */
  readonly headersMs: number;
  /** Between two pieces of the body, while somebody waits for them. */
  readonly bodyMs: number;
  /** One call in all, with every attempt and wait; undefined: no limit. */
  readonly totalMs: number | undefined;
}

export const DEFAULT_TIMEOUTS: Timeouts = Object.freeze({
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 60_000,
  totalMs: 1_800_000,
});

/** @throws RangeError for a limit that is not a number of milliseconds: a timer would take it for none, or for no time */
export function checkTimeouts(timeouts: Timeouts): void {
  for (const [name, ms] of Object.entries(timeouts) as [string, number | undefined][]) {
    if (ms !== undefined && !(ms >= 0))
      throw new RangeError(`timeouts.${name} must be a number of milliseconds from 0 on, got ${ms}`);
  }
}
