import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forEachConcurrent } from './for-each-concurrent.js';
import { VirtualClock } from './virtual-clock.js';

describe('forEachConcurrent', () => {
  it('works on each item once, with at most `concurrency` at the same time', async () => {
    const clock = new VirtualClock();
    const done: number[] = [];
    let inFlight = 0;
    let peak = 0;

    await clock.run(() =>
      forEachConcurrent(
        Array.from({ length: 10 }, (_, item) => item),
        async (item) => {
          peak = Math.max(peak, (inFlight += 1));
          await clock.sleep(10);
          inFlight -= 1;
          done.push(item);
        },
        { concurrency: 4 },
      ),
    );

    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([peak, clock.monotonic()]).toEqual([4, 30]);
  });

  it('does not let a slow item hold up the ones after it', async () => {
    const clock = new VirtualClock();

    await clock.run(() =>
      forEachConcurrent(
        Array.from({ length: 91 }, (_, item) => item),
        (item) => clock.sleep(item === 0 ? 1_000 : 100),
        { concurrency: 10 },
      ),
    );

    expect(clock.monotonic()).toBe(1_000);
  });

  it('waits for all', async () => {
    const clock = new VirtualClock();
    let finished = 0;

    await clock.run(() =>
      forEachConcurrent(
        [300, 100, 200],
        async (ms) => {
          await clock.sleep(ms);
          finished += 1;
        },
        { concurrency: 3 },
      ),
    );

    expect(finished).toBe(3);
  });

  it('aborts the others at the first error, waits for them to end, and throws it', async () => {
    const clock = new VirtualClock();
    const broken = new Error('broken');
    const log: string[] = [];

    const run = clock.run(() =>
      forEachConcurrent(
        [1, 2, 3, 4, 5],
        async (item, signal) => {
          log.push(`start ${item}`);
          if (item === 2) {
            await clock.sleep(10);
            throw broken;
          }
          try {
            await clock.sleep(1_000, signal);
          } finally {
            await turn();
            log.push(`end ${item}`);
          }
        },
        { concurrency: 3 },
      ),
    );

    await expect(run).rejects.toBe(broken);
    expect(log).toEqual(['start 1', 'start 2', 'start 3', 'end 1', 'end 3']);
    expect([clock.monotonic(), clock.pendingSleeps]).toEqual([10, 0]);
  });

  it('throws what the source throws', async () => {
    const broken = new Error('broken');
    async function* source(): AsyncGenerator<number, void, undefined> {
      yield 1;
      throw broken;
    }

    await expect(forEachConcurrent(source(), async () => undefined, { concurrency: 2 })).rejects.toBe(broken);
  });

  it('closes the source at an error', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<number, void, undefined> {
      try {
        for (let item = 0; ; item++) yield item;
      } finally {
        closed = true;
      }
    }
    const worker = async (item: number): Promise<void> => {
      await turn();
      if (item === 3) throw new Error('broken');
    };

    await expect(forEachConcurrent(source(), worker, { concurrency: 2 })).rejects.toThrow('broken');
    expect(closed).toBe(true);
  });

  it('rejects with the reason of the caller when its signal aborts', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const reason = new Error('interrupted');

    const run = forEachConcurrent([1, 2, 3], (_, signal) => clock.sleep(1_000, signal), {
      concurrency: 2,
      signal: controller.signal,
    });
    await turn();
    controller.abort(reason);

    await expect(run).rejects.toBe(reason);
    expect(clock.pendingSleeps).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('refuses a concurrency that is no whole number from 1', async () => {
    await expect(forEachConcurrent([1], async () => undefined, { concurrency: 0 })).rejects.toThrow(RangeError);
  });
});
