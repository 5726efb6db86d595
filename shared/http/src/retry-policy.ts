/** When and how often a request is sent again. */
export interface RetryPolicy {
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** The first back-off is drawn between 0 and this, ms; each further one from twice the range. */
  readonly baseDelayMs: number;
  /** No back-off is longer, ms. */
  readonly maxDelayMs: number;
  /** A longer `Retry-After` is cut to this, ms. */
  readonly retryAfterCapMs: number;
  /** Statuses that may pass. */
  readonly statuses: readonly number[];
  /** How long one request may wait for 429s in all, ms. These waits do not use up attempts. */
  readonly rateLimitWaitCapMs: number;
  /** How many 429s one request takes; without it only `rateLimitWaitCapMs` limits them. */
  readonly rateLimitAttempts?: number | undefined;
  /** Attempts when the host is not found or refuses the connection, where this is less than `attempts`. */
  readonly unreachableAttempts?: number | undefined;
  /** How often an answer that is complete but not JSON (or empty) is asked for again. */
  readonly malformedRetries: number;
}

export const DEFAULT_RETRY: RetryPolicy = Object.freeze({
  attempts: 5,
  baseDelayMs: 1_000,
  maxDelayMs: 30_000,
  retryAfterCapMs: 300_000,
  statuses: Object.freeze([408, 425, 429, 500, 502, 503, 504]),
  rateLimitWaitCapMs: 900_000,
  malformedRetries: 1,
});
