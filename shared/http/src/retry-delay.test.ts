import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.js';
import { DEFAULT_RETRY } from './retry-policy.js';

const POLICY = { ...DEFAULT_RETRY, baseDelayMs: 1_000, maxDelayMs: 30_000, retryAfterCapMs: 60_000 };

it.each([
  // failures, 429, Retry-After ms, random, delay ms
  [1, false, undefined, 0, 0],
  [1, false, undefined, 0.5, 500],
  [1, false, undefined, 0.999, 999],
  [2, false, undefined, 0.5, 1_000],
  [3, false, undefined, 0.5, 2_000],
  [4, false, undefined, 0.25, 2_000],
  [5, false, undefined, 0.5, 8_000],
  [6, false, undefined, 0.5, 15_000],
  [7, false, undefined, 0.5, 15_000],
  [2_000, false, undefined, 0.5, 15_000],
  [1, false, 0, 0.9, 0],
  [1, false, 2_500, 0.9, 2_500],
  [4, false, 2_500, 0.9, 2_500],
  [1, false, 60_000, 0, 60_000],
  [1, false, 60_001, 0, 60_000],
  [1, false, 1_000_000_000_000, 0, 60_000],
  [1, true, undefined, 0, 500],
  [1, true, undefined, 0.5, 750],
  [3, true, undefined, 0.5, 3_000],
  [9, true, undefined, 0, 15_000],
  [1, true, 0, 0.5, 0],
  [2, true, 0, 0.5, 1_500],
  [2, true, 99, 0.5, 1_500],
  [2, true, 100, 0.5, 100],
  [5, true, 4_000, 0.5, 4_000],
])(
  'after failure %i (429: %s, Retry-After %s ms, random %s) waits %s ms',
  (failures, rateLimited, retryAfterMs, random, delay) => {
    expect(retryDelayMs({ failures, rateLimited, retryAfterMs }, POLICY, () => random)).toBe(delay);
  },
);

it.each([
  [1, 1_000],
  [3, 4_000],
  [10, 30_000],
])('spreads the back-off after failure %i evenly over 0 to %i ms', (failures, bound) => {
  const random = seededRandom(42);

  const delays = Array.from({ length: 10_000 }, () => retryDelayMs({ failures, rateLimited: false }, POLICY, random));

  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThanOrEqual(bound);
  expect(Math.abs(mean - bound / 2)).toBeLessThan(0.03 * (bound / 2));
});

/** The generator mulberry32: the same numbers in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
