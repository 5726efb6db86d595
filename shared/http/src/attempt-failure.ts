import type { HttpError } from './errors/http-error.js';

/**
 * What a failure means for a retry.
 * - `unreachable`: host not found or refuses; nothing was sent
 * - `unsent`: no connection for another passing reason; nothing was sent
 * - `interrupted`: the connection broke, or the body was cut
 * - `timeout`: the server may still be working on it
 * - `status`: the server said so
 * - `rate-limit`: 429
 * - `malformed`: complete, but not JSON
 * - `final`: will not pass
 */
export type FailureKind =
  'unreachable' | 'unsent' | 'interrupted' | 'timeout' | 'status' | 'rate-limit' | 'malformed' | 'final';

/** What is only known when no further attempt follows. */
export interface Outcome {
  readonly endpoint: string;
  readonly attempts: number;
  readonly retriesExhausted: boolean;
  /** Ends a message: how often it was tried and why no further attempt follows. */
  readonly ending: string;
}

/** How one attempt failed. It becomes an error of the caller only when no further attempt follows. */
export class AttemptFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** For the diagnostics channel. */
    readonly code: string,
    readonly toError: (outcome: Outcome) => HttpError,
    readonly status?: number,
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }
}
