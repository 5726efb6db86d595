import { describe, expect, it } from 'vitest';
import { rateLimitFeedback } from './rate-limit.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const half = (): number => 0.5;

describe('rateLimitFeedback', () => {
  it.each([
    ['nothing', {}, undefined],
    [
      'the rest of the window',
      { 'x-rate-limit-remaining': '7', 'x-rate-limit-reset': '1840' },
      { remaining: 7, resetAfterMs: 1_840 },
    ],
    [
      'an empty window',
      { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '0' },
      { remaining: 0, resetAfterMs: 0 },
    ],
    ['no reset', { 'x-rate-limit-remaining': '0' }, { remaining: 0, resetAfterMs: 60_000 }],
    [
      'a reset that is no number',
      { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': 'soon' },
      { remaining: 0, resetAfterMs: 60_000 },
    ],
    ['a reset alone', { 'x-rate-limit-reset': '1840' }, undefined],
    ['remaining that is no number', { 'x-rate-limit-remaining': 'many', 'x-rate-limit-reset': '5' }, undefined],
  ])('reads from an answer %s', (_, headers: Record<string, string>, expected) => {
    expect(rateLimitFeedback({ status: 200, headers }, NOW, half)).toEqual(expected);
  });

  it.each([
    ['the milliseconds until the reset, with margin and jitter', '1840', 1_840 + 250 + 250],
    ['an elapsed reset', '0', 500],
    ['ten minutes', '600000', 600_500],
    ['milliseconds since the epoch', String(NOW + 30_000), 30_500],
    ['seconds since the epoch', String(NOW / 1000 + 30), 30_500],
    ['an instant in the past', String(NOW - 30_000), 60_500],
    ['a number that is neither', '700000', 60_500],
    ['a huge number', '9'.repeat(30), 60_500],
  ])('waits after a 429 for %s', (_, reset, expected) => {
    const feedback = rateLimitFeedback({ status: 429, headers: { 'x-rate-limit-reset': reset } }, NOW, half);

    expect(feedback).toEqual(rejected(expected));
  });

  it.each([
    ['no header', {}],
    ['a text', { 'x-rate-limit-reset': 'later' }],
    ['a negative number', { 'x-rate-limit-reset': '-5' }],
    ['an empty header', { 'x-rate-limit-reset': '' }],
  ])('waits a minute after a 429 with %s', (_, headers: Record<string, string>) => {
    expect(rateLimitFeedback({ status: 429, headers }, NOW, half)).toEqual(rejected(60_000));
  });

  it('waits as long as Retry-After says, where it is sent', () => {
    const headers = { 'retry-after': '7', 'x-rate-limit-reset': '1840' };

    expect(rateLimitFeedback({ status: 429, headers }, NOW, half)).toEqual(rejected(7_000));
  });

  it.each([
    [0, 1_250],
    [1, 1_750],
  ])('draws up to half a second of jitter (%d)', (draw, expected) => {
    const feedback = rateLimitFeedback({ status: 429, headers: { 'x-rate-limit-reset': '1000' } }, NOW, () => draw);

    expect(feedback?.retryAfterMs).toBe(expected);
  });
});

/** What is said after a 429: nothing is left until the wait is over. */
function rejected(waitMs: number): object {
  return { rejected: true, remaining: 0, resetAfterMs: waitMs, retryAfterMs: waitMs };
}
