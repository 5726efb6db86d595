import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rateLimitFeedbackOf } from './rate-limit-feedback.js';

const NOW = Date.UTC(2024, 0, 1, 0, 0, 0);
const NOW_S = NOW / 1000;

it.each([
  ['nothing', {}, 200, undefined],
  ['nothing of a 429', {}, 429, { rejected: true }],
  ['Retry-After in seconds', { 'retry-after': '30' }, 429, { rejected: true, retryAfterMs: 30_000 }],
  ['Retry-After of a 503', { 'retry-after': '1.5' }, 503, { retryAfterMs: 1_500 }],
  ['Retry-After as a date', { 'retry-after': 'Mon, 01 Jan 2024 00:01:00 GMT' }, 503, { retryAfterMs: 60_000 }],
  [
    "Retry-After as a date, by the server's own clock",
    { 'retry-after': 'Mon, 01 Jan 2024 01:01:00 GMT', date: 'Mon, 01 Jan 2024 01:00:00 GMT' },
    503,
    { retryAfterMs: 60_000 },
  ],
  ['Retry-After that cannot be read', { 'retry-after': 'later' }, 429, { rejected: true }],
  ['Retry-After-Ms before Retry-After', { 'retry-after': '2', 'retry-after-ms': '1250' }, 503, { retryAfterMs: 1_250 }],
  [
    'RateLimit-* with a reset in seconds',
    { 'ratelimit-limit': '100', 'ratelimit-remaining': '7', 'ratelimit-reset': '12' },
    200,
    { limit: 100, remaining: 7, resetAfterMs: 12_000 },
  ],
  ['RateLimit-Limit with a list of windows', { 'ratelimit-limit': '100, 100;w=60, 5000;w=3600' }, 200, { limit: 100 }],
  [
    'RateLimit of draft 7',
    { ratelimit: 'limit=100, remaining=50, reset=5' },
    200,
    { limit: 100, remaining: 50, resetAfterMs: 5_000 },
  ],
  [
    'RateLimit of draft 8',
    { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' },
    200,
    { limit: 100, remaining: 50, resetAfterMs: 30_000 },
  ],
  [
    'RateLimit-* before X-RateLimit-*',
    { 'ratelimit-remaining': '1', 'x-ratelimit-remaining': '99', 'x-rate-limit-remaining': '98' },
    200,
    { remaining: 1 },
  ],
  [
    'X-RateLimit-* before X-Rate-Limit-*',
    { 'x-ratelimit-limit': '10', 'x-rate-limit-limit': '20' },
    200,
    { limit: 10 },
  ],
  ['a reset in seconds from now', { 'x-ratelimit-reset': '30' }, 200, { resetAfterMs: 30_000 }],
  ['a reset in parts of a second', { 'x-ratelimit-reset-after': '0.25' }, 200, { resetAfterMs: 250 }],
  ['a reset now', { 'x-ratelimit-reset': '0' }, 200, { resetAfterMs: 0 }],
  ['a reset as seconds since the epoch', { 'x-ratelimit-reset': String(NOW_S + 45) }, 200, { resetAfterMs: 45_000 }],
  [
    'a reset as milliseconds since the epoch',
    { 'x-ratelimit-reset': String(NOW + 45_500) },
    200,
    { resetAfterMs: 45_500 },
  ],
  [
    'a reset as seconds since the epoch with decimals',
    { 'x-rate-limit-reset': `${NOW_S + 45}.5` },
    200,
    { resetAfterMs: 45_500 },
  ],
  ['a reset in the past', { 'x-ratelimit-reset': String(NOW_S - 45) }, 200, { resetAfterMs: 0 }],
  [
    "a reset as seconds since the epoch, by the server's own clock",
    { 'x-ratelimit-reset': String(NOW_S + 3_645), date: 'Mon, 01 Jan 2024 01:00:00 GMT' },
    200,
    { resetAfterMs: 45_000 },
  ],
  ['a reset as an HTTP date', { 'x-ratelimit-reset': 'Mon, 01 Jan 2024 00:02:00 GMT' }, 200, { resetAfterMs: 120_000 }],
  ['a reset as an ISO instant', { 'x-ratelimit-reset': '2024-01-01T00:02:00Z' }, 200, { resetAfterMs: 120_000 }],
  [
    'the first reset that can be read',
    { 'ratelimit-reset': 'soon', 'x-ratelimit-reset': '9' },
    200,
    { resetAfterMs: 9_000 },
  ],
  ['no negative numbers', { 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '-5' }, 200, undefined],
  ['no text', { 'x-ratelimit-limit': 'many', 'x-ratelimit-reset': '' }, 200, undefined],
])('reads %s', (_what, headers: Record<string, string>, status, feedback) => {
  expect(rateLimitFeedbackOf(headers, status, NOW)).toEqual(feedback);
});

it('answers only numbers from 0, whatever a server sends', () => {
  const names = [
    'retry-after',
    'ratelimit',
    'ratelimit-policy',
    'ratelimit-reset',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'x-rate-limit-reset',
    'date',
  ];
  const value = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), fc.constantFrom(200, 429, 503), (headers, status) => {
      const { rejected, ...numbers } = rateLimitFeedbackOf(headers, status, NOW) ?? {};

      expect(rejected).toBe(status === 429 ? true : undefined);
      expect(Object.values(numbers).filter((number) => !(number >= 0))).toEqual([]);
    }),
  );
});
