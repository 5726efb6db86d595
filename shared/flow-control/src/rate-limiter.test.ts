import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { RateLimiter } from './rate-limiter.js';
import type { RateLimiterOptions } from './rate-limiter.js';
import { VirtualClock } from './virtual-clock.js';

/** Lets `count` requests ask at once and tells when each may start. */
async function startTimes(clock: VirtualClock, limiter: RateLimiter, count: number): Promise<number[]> {
  const starts: number[] = [];
  await clock.run(() =>
    Promise.all(
      Array.from({ length: count }, async () => {
        await limiter.acquire();
        starts.push(clock.monotonic());
      }),
    ),
  );
  return starts;
}

describe('RateLimiter', () => {
  it.each<[string, RateLimiterOptions, number, number[]]>([
    ['as many as the limit at once, the rest a window later', { limit: 2 }, 5, [0, 0, 1_000, 1_000, 2_000]],
    ['a window of a minute', { limit: 3, windowMs: 60_000 }, 4, [0, 0, 0, 60_000]],
    ['a burst of one: evenly spaced', { limit: 4, burst: 1 }, 5, [0, 250, 500, 750, 1_000]],
    ['a burst of three, then evenly spaced', { limit: 4, burst: 3 }, 6, [0, 0, 0, 250, 1_000, 1_000]],
    ['a burst that is no restriction', { limit: 2, burst: 9 }, 3, [0, 0, 1_000]],
    ['no limit', {}, 5, [0, 0, 0, 0, 0]],
  ])('starts %s', async (_, options, count, expected) => {
    const clock = new VirtualClock();

    expect(await startTimes(clock, new RateLimiter({ ...options, clock }), count)).toEqual(expected);
  });

  it('never has more than the limit in any window, over 1,000 random schedules', async () => {
    const schedules = fc.record({
      limit: fc.integer({ min: 1, max: 8 }),
      windowMs: fc.integer({ min: 1, max: 500 }),
      burst: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      arrivals: fc.array(fc.record({ pauseMs: fc.nat(200), patienceMs: fc.option(fc.nat(300)) }), { maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(schedules, async ({ limit, windowMs, burst, arrivals }) => {
        const clock = new VirtualClock();
        const limiter = new RateLimiter({ limit, windowMs, burst, clock });
        const starts: number[] = [];
        await clock.run(async () => {
          const requests: Promise<void>[] = [];
          for (const { pauseMs, patienceMs } of arrivals) {
            await clock.sleep(pauseMs);
            requests.push(request(clock, limiter, patienceMs, starts));
          }
          await Promise.all(requests);
        });
        for (const [index, start] of starts.entries()) {
          const limitLater = starts[index + limit];
          if (limitLater !== undefined) expect(limitLater - start).toBeGreaterThanOrEqual(windowMs);
        }
        expect(clock.pendingSleeps).toBe(0);
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  it('wastes nothing: each request starts as early as the window permits', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 3, windowMs: 100, clock });
    const starts: number[] = [];

    await clock.run(async () => {
      const requests: Promise<void>[] = [];
      for (const pauseMs of [0, 10, 20, 30, 5, 5, 200, 1]) {
        await clock.sleep(pauseMs);
        requests.push(request(clock, limiter, null, starts));
      }
      await Promise.all(requests);
    });

    expect(starts).toEqual([0, 10, 30, 100, 110, 130, 270, 271]);
  });

  it('serves first come, first served', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 3, clock });
    const order: number[] = [];

    await clock.run(async () => {
      const requests: Promise<number>[] = [];
      for (let request = 0; request < 20; request++) {
        requests.push(limiter.acquire().then(() => order.push(request)));
        await clock.sleep(110);
      }
      await Promise.all(requests);
    });

    expect(order).toEqual(Array.from({ length: 20 }, (_, request) => request));
  });

  it('does not let a newcomer pass those who wait, although the window has just opened', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    const order: string[] = [];
    await limiter.acquire();

    const waiting = limiter.acquire().then(() => order.push('waiting'));
    await clock.advance(1_000);
    const newcomer = limiter.acquire().then(() => order.push('newcomer'));
    await clock.advance(1_000);
    await Promise.all([waiting, newcomer]);

    expect(order).toEqual(['waiting', 'newcomer']);
  });

  it('lets a waiter whose signal aborts leave at once, without a permission', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    const controller = new AbortController();
    const reason = new Error('enough');
    await limiter.acquire();

    const quitter = limiter.acquire(controller.signal);
    const next = limiter.acquire();
    await clock.advance(400);
    controller.abort(reason);

    await expect(quitter).rejects.toBe(reason);
    expect(clock.monotonic()).toBe(400);
    await clock.run(() => next);
    expect(clock.monotonic()).toBe(1_000);
    expect(limiter.waitedMs).toBe(1_400);
  });

  it('leaves neither timer nor listener when the last waiter aborts', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    const controller = new AbortController();
    await limiter.acquire(controller.signal);

    const waiter = limiter.acquire(controller.signal);
    const sleeping = clock.pendingSleeps;
    controller.abort();

    await expect(waiter).rejects.toThrow();
    expect([sleeping, clock.pendingSleeps]).toEqual([1, 0]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    expect(limiter.waitingUntil).toBeUndefined();
  });

  it('rejects at once when the signal has aborted before, without a permission', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    const reason = new Error('enough');

    await expect(limiter.acquire(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await startTimes(clock, limiter, 1)).toEqual([0]);
  });

  it('removes its listener from the signal when the waiter starts', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    const { signal } = new AbortController();

    await clock.run(async () => {
      await limiter.acquire(signal);
      await limiter.acquire(signal);
    });

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('tells how long requests waited and when the next one starts', async () => {
    const clock = new VirtualClock(1_700_000_000_000);
    const limiter = new RateLimiter({ limit: 1, clock });
    await limiter.acquire();
    const before = limiter.waitingUntil;

    const second = limiter.acquire();
    await clock.advance(300);
    const meanwhile = limiter.waitingUntil;
    await clock.run(() => second);

    expect([before, meanwhile, limiter.waitingUntil]).toEqual([undefined, 1_700_000_001_000, undefined]);
    expect(limiter.waitedMs).toBe(1_000);
  });

  it('starts late rather than early when a timer fires before its time', async () => {
    const clock = new VirtualClock();
    const hasty: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (ms, act) => clock.after(Math.max(ms - 1, 0.5), act),
      sleep: (ms, signal) => clock.sleep(ms, signal),
    };
    const limiter = new RateLimiter({ limit: 1, clock: hasty });
    await limiter.acquire();

    await clock.run(() => limiter.acquire());

    expect(clock.monotonic()).toBe(1_000);
  });

  it('serves 50,000 waiters of whom every second one leaves, without a search through the queue', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 50_000, clock });
    await startTimes(clock, limiter, 50_000);
    const controller = new AbortController();
    let started = 0;
    let left = 0;

    const all = Array.from({ length: 50_000 }, (_, index) =>
      limiter.acquire(index % 2 === 0 ? controller.signal : undefined).then(
        () => (started += 1),
        () => (left += 1),
      ),
    );
    controller.abort();
    await clock.run(() => Promise.all(all));

    expect([started, left, clock.monotonic()]).toEqual([25_000, 25_000, 1_000]);
  });

  it.each<[RateLimiterOptions, string]>([
    [{ limit: 0 }, 'limit must be a whole number from 1, got 0'],
    [{ limit: 1.5 }, 'limit must be a whole number from 1, got 1.5'],
    [{ limit: 1, burst: -1 }, 'burst must be a whole number from 1, got -1'],
    [{ windowMs: 0 }, 'windowMs must be positive, got 0'],
    [{ windowMs: NaN }, 'windowMs must be positive, got NaN'],
  ])('refuses %j', (options, message) => {
    expect(() => new RateLimiter(options)).toThrow(new RangeError(message));
  });
});

describe('RateLimiter.learn', () => {
  it.each([
    ['the time that Retry-After asks for', { rejected: true, retryAfterMs: 7_000 }, 7_000],
    ['as long as Retry-After asks, also when it comes without a rejection', { retryAfterMs: 7_000 }, 7_000],
    ['until the reset after a rejection', { rejected: true, resetAfterMs: 4_000 }, 4_000],
    ['by Retry-After rather than the reset', { rejected: true, resetAfterMs: 4_000, retryAfterMs: 2_000 }, 2_000],
    ['until the reset when nothing remains', { remaining: 0, resetAfterMs: 4_000 }, 4_000],
    ['not at all while something remains', { remaining: 1, resetAfterMs: 4_000 }, 0],
    [
      'not at all for what is no number',
      { rejected: false, retryAfterMs: NaN, remaining: -1, resetAfterMs: Infinity },
      0,
    ],
    ['not at all for an empty answer', {}, 0],
  ])('waits %s', async (_, feedback, start) => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    await limiter.acquire();

    limiter.learn(feedback);

    expect(await startTimes(clock, limiter, 1)).toEqual([start]);
  });

  it('does not shorten a pause that it has been asked for', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    await startTimes(clock, limiter, 2);

    limiter.learn({ rejected: true, retryAfterMs: 5_000 });
    limiter.learn({ rejected: true, retryAfterMs: 1_000 });

    expect(await startTimes(clock, limiter, 1)).toEqual([5_000]);
  });

  it('holds back those who wait already', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ limit: 1, clock });
    await limiter.acquire();

    const waiter = limiter.acquire();
    await clock.advance(500);
    limiter.learn({ retryAfterMs: 10_000 });
    await clock.run(() => waiter);

    expect(clock.monotonic()).toBe(10_500);
  });

  it('starts no more than remain beside those that are on their way', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    await startTimes(clock, limiter, 4);

    limiter.learn({ remaining: 5, resetAfterMs: 1_000 });

    expect(await startTimes(clock, limiter, 3)).toEqual([0, 0, 1_000]);
  });

  it('counts what is on its way no longer when its answer has come', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    await startTimes(clock, limiter, 2);

    limiter.learn({ remaining: 1, resetAfterMs: 1_000 });
    const held = limiter.acquire();
    limiter.learn({});
    await clock.run(() => held);

    expect(clock.monotonic()).toBe(0);
  });

  it('makes no request too many for a server that tells its limit, remainder and reset', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    const accepted = new Map<number, number>();
    let rejected = 0;
    let left = 400;

    await clock.run(() =>
      Promise.all(
        Array.from({ length: 16 }, async () => {
          while (left > 0) {
            left -= 1;
            await limiter.acquire();
            await clock.sleep(20);
            const second = Math.floor(clock.monotonic() / 1_000);
            const count = (accepted.get(second) ?? 0) + 1;
            if (count > 20) rejected += 1;
            else accepted.set(second, count);
            const resetAfterMs = (second + 1) * 1_000 - clock.monotonic();
            await clock.sleep(20);
            limiter.learn({ limit: 20, remaining: Math.max(0, 20 - count), resetAfterMs, rejected: count > 20 });
          }
        }),
      ),
    );

    expect(rejected).toBe(0);
    expect(clock.monotonic()).toBeLessThan(20_000);
  });

  it.each([
    ['with rate-limit headers, window in step with ours', true, 0],
    ['with rate-limit headers, window out of step', true, 20_000],
    ['without headers, window in step with ours', false, 0],
    ['without headers, window out of step', false, 20_000],
  ])(
    'sends 1,831 requests to a server with 200 a minute within 5 per cent of the least time (%s)',
    async (_, headers, offset) => {
      const clock = new VirtualClock();
      const limiter = new RateLimiter({ limit: 200, windowMs: 60_000, clock });
      const accepted = new Map<number, number>();
      let rejected = 0;
      let left = 1_831;

      await clock.run(() =>
        Promise.all(
          Array.from({ length: 4 }, async () => {
            while (left > 0) {
              left -= 1;
              await limiter.acquire();
              await clock.sleep(50);
              const minute = Math.floor((clock.monotonic() + offset) / 60_000);
              const count = (accepted.get(minute) ?? 0) + 1;
              if (count > 200) rejected += 1;
              else accepted.set(minute, count);
              const resetAfterMs = (minute + 1) * 60_000 - offset - clock.monotonic();
              await clock.sleep(50);
              limiter.learn(headers ? { limit: 200, remaining: Math.max(0, 200 - count), resetAfterMs } : {});
            }
          }),
        ),
      );

      expect(rejected).toBe(0);
      expect(clock.monotonic()).toBeLessThanOrEqual(1.05 * 540_000);
    },
  );
});

async function request(
  clock: VirtualClock,
  limiter: RateLimiter,
  patienceMs: number | null,
  starts: number[],
): Promise<void> {
  const controller = new AbortController();
  const served = new AbortController();
  const asked = clock.monotonic();
  const patience = clock.sleep(patienceMs ?? Infinity, served.signal).then(
    () => {
      controller.abort();
    },
    () => undefined,
  );
  try {
    await limiter.acquire(controller.signal);
    starts.push(clock.monotonic());
  } catch {
    expect(clock.monotonic()).toBe(asked + (patienceMs ?? 0));
  }
  served.abort();
  await patience;
}
