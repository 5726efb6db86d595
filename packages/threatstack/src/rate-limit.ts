import type { RateLimitFeedback } from '@vendor-graph/flow-control';
import { parseRetryAfter } from '@vendor-graph/http';

/** What Threat Stack grants an organization, all its users and clients together: so many requests in a window. */
export const REQUESTS_PER_WINDOW = 200;
export const WINDOW_MS = 60_000;

/** A window lasts a minute; a longer wait than this is not the milliseconds until the reset but another notation. */
const LONGEST_RESET_MS = 600_000;
/** Added to the wait after a 429, so that the window has ended on the server's clock too. */
const MARGIN_MS = 250;
/** Up to this is added at random, so that clients that were stopped together do not come back together. */
const JITTER_MS = 500;
/** How long to wait after a 429 that does not say: one window. */
const UNKNOWN_RESET_MS = WINDOW_MS;

/**
 * What Threat Stack says about its rate limit. `x-rate-limit-reset` is the number of milliseconds until the window ends; a
 * larger number than ten minutes is taken as the time of the end (in milliseconds or seconds since the epoch), and one that
 * makes no sense so either, or none at all, as a minute. `Retry-After` is not documented and honoured all the same.
 *
 * @param answer header names in lower case
 * @param nowMs local time, in milliseconds since the epoch
 * @param random from 0 to 1
 * @returns undefined when the answer says nothing
 */
export function rateLimitFeedback(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  nowMs: number,
  random: () => number,
): RateLimitFeedback | undefined {
  const resetAfterMs = resetAfter(headers['x-rate-limit-reset'], nowMs);
  if (status === 429) {
    const untilReset = resetAfterMs === undefined ? UNKNOWN_RESET_MS : resetAfterMs + MARGIN_MS + random() * JITTER_MS;
    const wait = parseRetryAfter(headers['retry-after'], nowMs) ?? untilReset;
    // Nothing is left for any request, so that the rejection needs no further explanation by a lower limit.
    return { rejected: true, remaining: 0, resetAfterMs: wait, retryAfterMs: wait };
  }
  const remaining = wholeNumber(headers['x-rate-limit-remaining']);
  if (remaining === undefined) return undefined;
  return { remaining, resetAfterMs: resetAfterMs ?? UNKNOWN_RESET_MS };
}

function resetAfter(header: string | undefined, nowMs: number): number | undefined {
  const value = wholeNumber(header);
  if (value === undefined) return undefined;
  const candidates = [value, value - nowMs, value * 1000 - nowMs];
  return candidates.find((wait) => wait >= 0 && wait <= LONGEST_RESET_MS) ?? UNKNOWN_RESET_MS;
}

function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d+\s*$/.test(header) ? Number(header) : undefined;
}
