import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.js';
import type { RateLimitStore, SharedLimit, SharedStart } from './rate-limit-store.js';
import { RateLimiter } from './rate-limiter.js';
import { SlidingWindow } from './sliding-window.js';
import { VirtualClock } from './virtual-clock.js';

/** A store in this process, as Redis would be: one window for each key, and an end that can be cut off. */
class TestStore implements RateLimitStore {
  isDown = false;
  reserved = 0;
  readonly #windows = new Map<string, SlidingWindow>();

  constructor(
    readonly clock: Clock,
    readonly sharers = 1,
    readonly latencyMs = 0,
  ) {}

  async reserve(key: string, limit: number, windowMs: number): Promise<SharedStart> {
    await this.clock.sleep(this.latencyMs);
    if (this.isDown) throw new Error('gone');
    const window = this.#windows.get(key) ?? new SlidingWindow(limit, windowMs);
    this.#windows.set(key, window);
    const now = this.clock.monotonic();
    const at = Math.max(now, window.opensAt());
    window.start(at);
    this.reserved += 1;
    return { waitMs: at - now, sharers: this.sharers };
  }
}

function limiterOn(store: TestStore, limit: number, windowMs: number, told: string[] = []): RateLimiter {
  const shared: SharedLimit = {
    store,
    key: 'organization',
    onAlone: (fairShare) => told.push(`alone with ${fairShare} at ${store.clock.monotonic()}`),
    onTogether: () => told.push(`together at ${store.clock.monotonic()}`),
  };
  return new RateLimiter({ limit, windowMs, shared, clock: store.clock });
}

/** Starts requests until the time is up; tells when each started. */
async function keepStarting(clock: Clock, limiter: RateLimiter, untilMs: number, starts: number[]): Promise<void> {
  for (;;) {
    await limiter.acquire();
    if (clock.monotonic() >= untilMs) return;
    starts.push(clock.monotonic());
    limiter.learn({});
    // A request takes a while; work without any wait would never let the clock go on.
    await clock.sleep(1);
  }
}

function mostInAnyWindow(starts: readonly number[], windowMs: number): number {
  const sorted = [...starts].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [index, start] of sorted.entries()) {
    while (start - (sorted[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

describe('a rate limit that several limiters share', () => {
  it.each([0, 40])('is used up and never exceeded, with a store %d ms away', async (latencyMs) => {
    const clock = new VirtualClock();
    const store = new TestStore(clock, 3, latencyMs);
    const starts: number[] = [];

    await clock.run(() =>
      Promise.all([1, 2, 3].map(() => keepStarting(clock, limiterOn(store, 20, 1_000), 10_000, starts))),
    );

    expect(mostInAnyWindow(starts, 1_000)).toBe(20);
    expect(starts.length).toBe(200);
  });

  it('lets limiters take turns', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock, 2);
    const starts: number[][] = [[], []];

    await clock.run(() =>
      Promise.all(starts.map((own) => keepStarting(clock, limiterOn(store, 10, 1_000), 10_000, own))),
    );

    expect(starts.map((own) => own.length)).toEqual([50, 50]);
  });

  it('keeps the order of those who wait', async () => {
    const clock = new VirtualClock();
    const limiter = limiterOn(new TestStore(clock), 1, 100);
    const order: string[] = [];

    await clock.run(() =>
      Promise.all(
        ['first', 'second', 'third'].map(async (name) => {
          await limiter.acquire();
          order.push(`${name} at ${clock.monotonic()}`);
        }),
      ),
    );

    expect(order).toEqual(['first at 0', 'second at 100', 'third at 200']);
    expect(limiter.waitedMs).toBe(300);
  });

  it('falls back to its fair share when the store goes away, says so, and comes back', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock, 4);
    const told: string[] = [];
    const starts: number[] = [];
    const limiter = limiterOn(store, 20, 1_000, told);

    await clock.run(async () => {
      const work = keepStarting(clock, limiter, 30_000, starts);
      await clock.sleep(10_000);
      store.isDown = true;
      await clock.sleep(11_000);
      store.isDown = false;
      await work;
    });

    const between = (from: number, to: number): number => starts.filter((start) => start >= from && start < to).length;
    expect(between(5_000, 6_000)).toBe(20);
    // A quarter, which is the fair share, until the store is asked again; then for a window the smaller of both.
    expect(between(12_000, 20_000)).toBe(40);
    expect(between(28_000, 29_000)).toBe(20);
    expect(told).toEqual(['alone with 5 at 10001', 'together at 25016']);
    expect(mostInAnyWindow(starts, 1_000)).toBe(20);
  });

  it('asks a store that is away no more than every five seconds', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock);
    store.isDown = true;
    let asked = 0;
    const counting: RateLimitStore = {
      reserve: (...request) => {
        asked += 1;
        return store.reserve(...request);
      },
    };
    const limiter = new RateLimiter({ limit: 100, windowMs: 1_000, shared: { store: counting, key: 'a' }, clock });

    await clock.run(() => keepStarting(clock, limiter, 20_000, []));

    expect(asked).toBe(5);
  });

  it('never lets the fair share be nothing', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock, 50);
    const starts: number[] = [];

    await clock.run(async () => {
      const work = keepStarting(clock, limiterOn(store, 10, 1_000), 6_000, starts);
      await clock.sleep(500);
      store.isDown = true;
      await work;
    });

    expect(starts.filter((start) => start >= 2_000 && start < 5_000).length).toBe(3);
  });

  it('does not use a place that was reserved before the server asked to wait', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock);
    const limiter = limiterOn(store, 2, 1_000);
    const starts: number[] = [];

    await clock.run(async () => {
      await limiter.acquire();
      await limiter.acquire();
      const third = limiter.acquire().then(() => starts.push(clock.monotonic()));
      await clock.sleep(10);
      limiter.learn({ rejected: true, retryAfterMs: 5_000, remaining: 0, resetAfterMs: 5_000 });
      await third;
      await limiter.acquire();
      starts.push(clock.monotonic());
    });

    expect(starts).toEqual([5_010, 5_010]);
    expect(store.reserved).toBe(5);
  });

  it('gives its place up when the one who waits for it gives up', async () => {
    const clock = new VirtualClock();
    const store = new TestStore(clock);
    const limiter = limiterOn(store, 1, 1_000);
    const controller = new AbortController();

    await clock.run(async () => {
      await limiter.acquire();
      const waiting = limiter.acquire(controller.signal);
      await clock.sleep(10);
      controller.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
    });

    expect(clock.pendingSleeps).toBe(0);
    expect(limiter.waitingUntil).toBeUndefined();
  });

  it('has to be stated', () => {
    const store = new TestStore(new VirtualClock());

    expect(() => new RateLimiter({ shared: { store, key: 'a' } })).toThrow(TypeError);
  });
});
