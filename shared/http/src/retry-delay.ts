import type { RetryPolicy } from './retry-policy.js';

/** Why a request waits before it is sent again. */
export interface RetryCause {
  /** How many attempts of this request have failed this way, from 1. */
  readonly failures: number;
  /** The server answered 429. */
  readonly rateLimited: boolean;
  /** The server's own word, ms. */
  readonly retryAfterMs?: number | undefined;
}

/** A server that keeps saying "at once" would be asked in a tight loop. */
const SHORTEST_REPEATED_WAIT_MS = 100;

/**
 * How long to wait before the next attempt, ms. What the server asks for replaces the back-off (up to
 * `retryAfterCapMs`). Otherwise the back-off is exponential with
 * [full jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/); after a 429 without a word
 * about time only its upper half is drawn from, because such a wait costs no attempt.
 *
 * @param random a number in [0, 1)
 *
 * @example
 * import { DEFAULT_RETRY, retryDelayMs } from '@vendor-graph/http';
 * retryDelayMs({ failures: 2, rateLimited: false }, DEFAULT_RETRY, () => 0.5); // => 1000
 * retryDelayMs({ failures: 1, rateLimited: true, retryAfterMs: 7_000 }, DEFAULT_RETRY, () => 0.5); // => 7000
 */
export function retryDelayMs(cause: RetryCause, policy: RetryPolicy, random: () => number): number {
  const { failures, rateLimited, retryAfterMs } = cause;
  const obeyed = retryAfterMs !== undefined && (failures === 1 || retryAfterMs >= SHORTEST_REPEATED_WAIT_MS);
  if (obeyed) return Math.min(retryAfterMs, policy.retryAfterCapMs);
  const bound = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failures - 1));
  return rateLimited ? bound / 2 + (random() * bound) / 2 : random() * bound;
}
