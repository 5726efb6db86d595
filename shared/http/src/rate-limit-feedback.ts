import type { RateLimitFeedback } from '@vendor-graph/flow-control';
import { parseHttpDate } from './http-date.js';
import { parseRetryAfter } from './retry-after.js';

type Headers = Readonly<Record<string, string>>;

/** A reset later than this is no wait: the number is an instant, or nonsense. */
const LONGEST_DELTA_S = 366 * 86_400;
/** Numbers from here on are milliseconds since the epoch (as seconds: the year 5138). */
const EPOCH_MS_FROM = 100_000_000_000;

const LIMIT = ['ratelimit-limit', 'x-ratelimit-limit', 'x-rate-limit-limit'];
const REMAINING = ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'];
const RESET = ['ratelimit-reset', 'x-ratelimit-reset-after', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * Reads what an answer says about the server's rate limit. Of several headers the most standard one wins:
 * `Retry-After` (`Retry-After-Ms` before it), then `RateLimit` and `RateLimit-*`
 * ([IETF draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/)), then `X-RateLimit-*` and
 * `X-Rate-Limit-*`. A reset time is a number of seconds from now, an instant in seconds or milliseconds since the epoch
 * (told by its size), or a date. Instants are compared with the server's own `Date` where it is sent, so that a wrong
 * local clock does no harm.
 *
 * @param headers lower-case names
 * @param nowMs local time, ms since the epoch
 * @returns undefined when the answer says nothing
 *
 * @example
 * import { rateLimitFeedbackOf } from '@vendor-graph/http';
 * rateLimitFeedbackOf({ 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '150' }, 200, Date.now()); // => { limit: 200, remaining: 150 }
 */
export function rateLimitFeedbackOf(headers: Headers, status: number, nowMs: number): RateLimitFeedback | undefined {
  const serverNowMs = parseHttpDate(headers['date'] ?? '') ?? nowMs;
  const draft = draftFields(headers);
  const feedback: RateLimitFeedback = {};
  assign(feedback, 'limit', draft.limit ?? numberIn(headers, LIMIT));
  assign(feedback, 'remaining', draft.remaining ?? numberIn(headers, REMAINING));
  assign(feedback, 'resetAfterMs', draft.resetAfterMs ?? resetIn(headers, serverNowMs));
  const wait = millisecondsIn(headers['retry-after-ms']) ?? parseRetryAfter(headers['retry-after'], serverNowMs);
  assign(feedback, 'retryAfterMs', wait);
  if (status === 429) feedback.rejected = true;
  return Object.keys(feedback).length === 0 ? undefined : feedback;
}

function assign(
  feedback: RateLimitFeedback,
  key: 'limit' | 'remaining' | 'resetAfterMs' | 'retryAfterMs',
  value: number | undefined,
): void {
  if (value !== undefined) feedback[key] = value;
}

/** `RateLimit: limit=100, remaining=50, reset=5` (draft 7) or `RateLimit: "default";r=50;t=5` (draft 8 on). */
function draftFields(headers: Headers): { limit?: number; remaining?: number; resetAfterMs?: number } {
  const text = headers['ratelimit'];
  if (text === undefined) return {};
  const parameter = (names: string): number | undefined => {
    const value = new RegExp(`(?:^|[;,\\s])(?:${names})=(\\d+(?:\\.\\d+)?)(?=$|[;,\\s])`).exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  const reset = parameter('reset|t');
  const quota = /(?:^|[;,\s])q=(\d+)(?=$|[;,\s])/.exec(headers['ratelimit-policy'] ?? '')?.[1];
  const limit = parameter('limit') ?? (quota === undefined ? undefined : Number(quota));
  const remaining = parameter('remaining|r');
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(reset === undefined ? {} : { resetAfterMs: reset * 1000 }),
  };
}

/** A list such as `100, 100;w=60` (older drafts) begins with the limit in force. */
function numberIn(headers: Headers, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = /^\s*(\d+)(?:\.\d+)?\s*(?:[,;]|$)/.exec(headers[name] ?? '')?.[1];
    if (value !== undefined) return Number(value);
  }
  return undefined;
}

function resetIn(headers: Headers, nowMs: number): number | undefined {
  for (const name of RESET) {
    const resetAfterMs = resetAfter(headers[name], nowMs);
    if (resetAfterMs !== undefined) return resetAfterMs;
  }
  return undefined;
}

function resetAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number >= EPOCH_MS_FROM) return Math.max(0, number - nowMs);
    if (number > LONGEST_DELTA_S) return Math.max(0, Math.ceil(number * 1000) - nowMs);
    return Math.ceil(number * 1000);
  }
  const instant = parseHttpDate(text) ?? parseIsoInstant(text);
  return instant === undefined ? undefined : Math.max(0, instant - nowMs);
}

function parseIsoInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function millisecondsIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Math.ceil(Number(value)) : undefined;
}
