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
