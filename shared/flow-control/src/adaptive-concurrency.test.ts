import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency } from './adaptive-concurrency.js';
import { VirtualClock } from './virtual-clock.js';

/** How a server answers to one more request when so many are in flight already. */
type Answer = (inFlight: number, now: number) => { latencyMs: number; overloaded: boolean };

/** Keeps the limit busy with requests to a server for a while, and samples the limit each second. */
async function load(clock: VirtualClock, concurrency: AdaptiveConcurrency, answer: Answer, durationMs: number) {
  const end = clock.monotonic() + durationMs;
  const limits: number[] = [];
  let inFlight = 0;
  let overloaded = 0;
  let answered = 0;

  const client = async (): Promise<void> => {
    while (clock.monotonic() < end) {
      const release = await concurrency.acquire();
      inFlight += 1;
      const outcome = answer(inFlight, clock.monotonic());
      await clock.sleep(outcome.latencyMs);
      inFlight -= 1;
      answered += 1;
      if (outcome.overloaded) overloaded += 1;
      release(outcome);
    }
  };
  const sampler = async (): Promise<void> => {
    while (clock.monotonic() < end) {
      await clock.sleep(1_000);
      limits.push(concurrency.limit);
    }
  };
  await clock.run(async () => {
    await Promise.all([sampler(), ...Array.from({ length: 64 }, client)]);
  });
  return { limits, overloaded, answered };
}

const steady: Answer = () => ({ latencyMs: 50, overloaded: false });

/** Works on `capacity` requests at once; the others wait for their turn. */
const queueing =
  (capacity: number): Answer =>
  (inFlight) => ({ latencyMs: 50 * Math.max(1, inFlight / capacity), overloaded: false });

/** Refuses what goes beyond `capacity`. */
const refusing =
  (capacity: number): Answer =>
  (inFlight) => ({ latencyMs: 50, overloaded: inFlight > capacity });

describe('AdaptiveConcurrency', () => {
  it('keeps its limit while latency rises because this process is busy', async () => {
    let utilization = 0;
    const concurrency = new AdaptiveConcurrency({ initial: 16, max: 16, utilization: () => utilization });
    const round = async (latencyMs: number): Promise<number> => {
      const releases = await Promise.all(Array.from({ length: concurrency.limit }, () => concurrency.acquire()));
      for (const release of releases) release({ latencyMs, overloaded: false });
      return concurrency.limit;
    };

    expect(await round(50)).toBe(16);
    utilization = 0.9;
    expect(await round(200)).toBe(16);
    expect(await round(200)).toBe(16);
    utilization = 0.7;
    expect(await round(200)).toBe(8);
  });

  it('starts at the initial limit and lets nobody else in', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 2, max: 10 });

    await concurrency.acquire();
    const release = await concurrency.acquire();
    let entered = false;
    const third = concurrency.acquire().then(() => (entered = true));
    await Promise.resolve();
    const early = entered;
    release({ latencyMs: 1, overloaded: false });
    await third;

    expect([early, entered]).toEqual([false, true]);
    expect([concurrency.limit, concurrency.inFlight, concurrency.peak]).toEqual([2, 2, 2]);
  });

  it('grows to the maximum while latency holds', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 4, max: 16, clock });

    const { limits } = await load(clock, concurrency, steady, 10_000);

    expect(limits.slice(0, 2)).toEqual([16, 16]);
    expect([limits.at(-1), concurrency.peak]).toEqual([16, 16]);
  });

  it('does not grow while the limit is not used', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 4, max: 16, clock });

    for (let request = 0; request < 100; request++) {
      const release = await concurrency.acquire();
      release({ latencyMs: 50, overloaded: false });
    }

    expect([concurrency.limit, concurrency.inFlight, concurrency.peak]).toEqual([4, 0, 1]);
  });

  it('settles where a server begins to queue', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 4, max: 64, clock });

    const { limits, answered } = await load(clock, concurrency, queueing(10), 60_000);

    // From 10 on, more at once is not faster: 200 a second is all that this server does.
    expect(Math.min(...limits.slice(10))).toBeGreaterThanOrEqual(10);
    expect(Math.max(...limits.slice(10))).toBeLessThanOrEqual(24);
    expect(answered).toBeGreaterThan(0.95 * 200 * 60);
  });

  it('halves on overload, once for all that were in flight', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 8, max: 8 });
    const releases = await Promise.all(Array.from({ length: 8 }, () => concurrency.acquire()));

    for (const release of releases) release({ latencyMs: 1, overloaded: true });

    expect(concurrency.limit).toBe(4);
  });

  it('stays beneath a limit that led to overload, and tries it again after half a minute', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 4, max: 64, clock });

    const { limits, overloaded, answered } = await load(clock, concurrency, refusing(10), 120_000);

    expect(Math.max(...limits)).toBeLessThanOrEqual(16);
    expect(limits.at(20)).toBeGreaterThanOrEqual(8);
    expect(overloaded / answered).toBeLessThan(0.01);
  });

  it('never falls beneath the minimum', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ min: 2, initial: 8, max: 8, clock });

    const { limits } = await load(clock, concurrency, () => ({ latencyMs: 50, overloaded: true }), 5_000);

    expect(limits).toEqual([2, 2, 2, 2, 2]);
  });

  it('recovers when the overload is over', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 8, max: 16, clock });

    const { limits } = await load(clock, concurrency, (_, now) => ({ latencyMs: 50, overloaded: now < 5_000 }), 60_000);

    expect([limits[4], limits.at(-1)]).toEqual([1, 16]);
  });

  it('is not misled by endpoints that are slower by nature', async () => {
    const clock = new VirtualClock();
    const concurrency = new AdaptiveConcurrency({ initial: 4, max: 16, clock });

    const { limits } = await load(
      clock,
      concurrency,
      (_, now) => ({ latencyMs: now < 5_000 ? 20 : 400, overloaded: false }),
      20_000,
    );

    expect([limits[4], limits.at(-1)]).toEqual([16, 16]);
  });

  it('serves first come, first served', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1 });
    const order: number[] = [];
    let release = await concurrency.acquire();

    const all = [0, 1, 2, 3, 4].map(async (number) => {
      const own = await concurrency.acquire();
      order.push(number);
      own({ latencyMs: 1, overloaded: false });
    });
    release({ latencyMs: 1, overloaded: false });
    await Promise.all(all);
    release = await concurrency.acquire();

    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(concurrency.inFlight).toBe(1);
    release({ latencyMs: 1, overloaded: false });
  });

  it('lets a waiter whose signal aborts leave at once, without a place', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1 });
    const controller = new AbortController();
    const reason = new Error('enough');
    const release = await concurrency.acquire(controller.signal);

    const quitter = concurrency.acquire(controller.signal);
    const next = concurrency.acquire();
    controller.abort(reason);

    await expect(quitter).rejects.toBe(reason);
    release({ latencyMs: 1, overloaded: false });
    await next;
    expect(concurrency.inFlight).toBe(1);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('rejects at once when the signal has aborted before', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1 });
    const reason = new Error('enough');

    await expect(concurrency.acquire(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(concurrency.inFlight).toBe(0);
  });

  it('does not give a place back twice', async () => {
    const concurrency = new AdaptiveConcurrency({ initial: 2, max: 2 });
    const release = await concurrency.acquire();
    release({ latencyMs: 1, overloaded: false });

    expect(() => {
      release({ latencyMs: 1, overloaded: false });
    }).toThrow('AdaptiveConcurrency: a place was released twice; call each release exactly once');
    expect(concurrency.inFlight).toBe(0);
  });

  it.each([
    { initial: 0, max: 1 },
    { initial: 2, max: 1 },
    { min: 3, initial: 2, max: 4 },
    { min: 0, initial: 1, max: 1 },
    { initial: 1.5, max: 2 },
    { initial: NaN, max: 2 },
    { initial: 1, max: 2.5 },
    { initial: Infinity, max: Infinity },
  ])('refuses %j', (options) => {
    expect(() => new AdaptiveConcurrency(options)).toThrow(RangeError);
  });
});
