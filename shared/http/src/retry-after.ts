import { parseHttpDate } from './http-date.js';

/**
 * Reads a `Retry-After` value ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)): seconds (also
 * with decimals, which some servers send) or an HTTP date.
 *
 * @param value the header's value
 * @param nowMs the time that a date is compared with, ms since the epoch
 * @returns the wait in milliseconds, 0 for a date in the past; undefined for a value that says nothing (missing, empty,
 * negative, other text)
 *
 * @example
 * import { parseRetryAfter } from '@vendor-graph/http';
 * parseRetryAfter('7', Date.now()); // => 7000
 * parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', Date.UTC(2026, 0, 1)); // => 5000
 * parseRetryAfter('soon', Date.now()); // => undefined
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = parseHttpDate(text);
  return date === undefined ? undefined : Math.max(0, date - nowMs);
}
