import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';
import { VirtualClock } from './virtual-clock.js';

describe('RateLimiter', () => {
  it('starts as many as the limit at once, and the rest one window later', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 2, windowMs: 1_000, clock });
    const starts: number[] = [];

    await clock.run(() =>
      Promise.all(
        Array.from({ length: 5 }, async () => {
          await limiter.acquire();
          starts.push(clock.monotonic());
        }),
      ),
    );

    expect(starts).toEqual([0, 0, 1_000, 1_000, 2_000]);
    expect(limiter.waitedMs).toBe(4_000);
  });
});
