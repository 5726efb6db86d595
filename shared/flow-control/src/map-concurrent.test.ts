import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapConcurrent } from './map-concurrent.js';
import { paginateByToken } from './paginate-by-token.js';
import { VirtualClock } from './virtual-clock.js';

/** A mapper that takes `ms(item)` and notes what goes on. */
function slowMapper(clock: VirtualClock, ms: (item: number) => number) {
  const work = { started: [] as number[], inFlight: 0, peak: 0, aborted: [] as number[] };
  const mapper = async (item: number, signal: AbortSignal): Promise<string> => {
    work.started.push(item);
    work.inFlight += 1;
    work.peak = Math.max(work.peak, work.inFlight);
    try {
      await clock.sleep(ms(item), signal);
      return `item ${item}`;
    } catch (error) {
      work.aborted.push(item);
      throw error;
    } finally {
      work.inFlight -= 1;
    }
  };
  return { work, mapper };
}

/** Numbers from 0, and whether the source has been closed. */
function numbers(count = Infinity) {
  const source = { taken: 0, closed: false };
  async function* iterate(): AsyncGenerator<number, void, undefined> {
    try {
      while (source.taken < count) yield source.taken++;
    } finally {
      source.closed = true;
    }
  }
  return { source, items: iterate() };
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('mapConcurrent', () => {
  it('yields results in source order and never has more than `concurrency` under way', async () => {
    const clock = new VirtualClock();
    const { work, mapper } = slowMapper(clock, (item) => 100 - item * 10);

    const results = await clock.run(() => collect(mapConcurrent([0, 1, 2, 3, 4, 5, 6], mapper, { concurrency: 3 })));

    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6].map((item) => `item ${item}`));
    expect(work.peak).toBe(3);
  });

  it('keeps order and bound, whatever the items take', async () => {
    const durations = fc.array(fc.nat(50), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(durations, fc.integer({ min: 1, max: 6 }), async (ms, concurrency) => {
        const clock = new VirtualClock();
        const { work, mapper } = slowMapper(clock, (item) => ms[item] ?? 0);
        const results = await clock.run(() => collect(mapConcurrent(ms.keys(), mapper, { concurrency })));
        expect(results).toEqual(ms.map((_, item) => `item ${item}`));
        expect(work.peak).toBe(Math.min(concurrency, ms.length));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('hands on results of any kind', async () => {
    const values = [undefined, null, Symbol('skip'), Promise.resolve(1)];

    const results = await collect(mapConcurrent([0, 1, 2, 3], async (index) => values[index], { concurrency: 2 }));

    expect(results).toEqual([undefined, null, values[2], 1]);
  });

  it('takes no more from the source than the consumer has room for', async () => {
    const clock = new VirtualClock();
    const { source, items } = numbers();
    const { mapper } = slowMapper(clock, () => 1);

    await clock.run(async () => {
      const results = mapConcurrent(items, mapper, { concurrency: 4 });
      await results.next();
      await clock.sleep(1_000);
      expect(source.taken).toBe(5);
      await results.return();
    });
  });

  it('aborts the mappers, closes the source and leaves nothing pending when the consumer breaks', async () => {
    const clock = new VirtualClock();
    const { source, items } = numbers();
    const { work, mapper } = slowMapper(clock, (item) => (item === 0 ? 1 : 10_000));

    await clock.run(async () => {
      for await (const result of mapConcurrent(items, mapper, { concurrency: 3 })) {
        expect(result).toBe('item 0');
        break;
      }
    });

    expect(work.aborted).toEqual([1, 2, 3]);
    expect([work.inFlight, clock.pendingSleeps, source.closed, clock.monotonic()]).toEqual([0, 0, true, 1]);
  });

  it('stops at once when return() comes while it works', async () => {
    const clock = new VirtualClock();
    const { source, items } = numbers();
    const { work, mapper } = slowMapper(clock, () => 10_000);
    const results = mapConcurrent(items, mapper, { concurrency: 2 });

    const first = results.next();
    await turn();
    const end = results.return();

    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await end;
    expect([work.inFlight, clock.pendingSleeps, source.closed]).toEqual([0, 0, true]);
  });

  it('throws what a mapper throws after the results before it, and aborts the others', async () => {
    const clock = new VirtualClock();
    const broken = new Error('broken');
    const { work, mapper } = slowMapper(clock, (item) => 100 * (item + 1));
    const seen: string[] = [];

    const run = clock.run(async () => {
      const results = mapConcurrent(
        numbers().items,
        async (item, signal) => {
          if (item === 2) throw broken;
          return mapper(item, signal);
        },
        { concurrency: 3 },
      );
      for await (const result of results) seen.push(result);
    });

    await expect(run).rejects.toBe(broken);
    expect(seen).toEqual(['item 0', 'item 1']);
    expect([work.inFlight, clock.pendingSleeps]).toEqual([0, 0]);
  });

  it('throws what the source throws', async () => {
    const broken = new Error('broken');
    async function* source(): AsyncGenerator<number, void, undefined> {
      yield 1;
      throw broken;
    }

    await expect(collect(mapConcurrent(source(), async (item) => item, { concurrency: 2 }))).rejects.toBe(broken);
  });

  it('rejects with the reason of the caller, aborts the mappers and leaves no listener', async () => {
    const clock = new VirtualClock();
    const { source, items } = numbers();
    const { work, mapper } = slowMapper(clock, () => 10_000);
    const controller = new AbortController();
    const reason = new Error('interrupted');

    const first = mapConcurrent(items, mapper, { concurrency: 2, signal: controller.signal }).next();
    await turn();
    controller.abort(reason);

    await expect(first).rejects.toBe(reason);
    await turn();
    expect(work.aborted).toEqual([0, 1]);
    expect([clock.pendingSleeps, source.closed]).toEqual([0, true]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('is not held up by a source that is stuck when the caller aborts', async () => {
    async function* stuck(): AsyncGenerator<number, void, undefined> {
      yield 1;
      await new Promise(() => undefined);
    }
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const results = mapConcurrent(stuck(), async (item) => item, { concurrency: 2, signal: controller.signal });

    const first = await results.next();
    const second = results.next();
    controller.abort(reason);

    expect(first).toEqual({ done: false, value: 1 });
    await expect(second).rejects.toBe(reason);
  });

  it('starts nothing when the caller has aborted before', async () => {
    const { source, items } = numbers();
    const reason = new Error('interrupted');

    const results = mapConcurrent(items, async (item) => item, { concurrency: 2, signal: AbortSignal.abort(reason) });

    await expect(results.next()).rejects.toBe(reason);
    expect(source.taken).toBe(0);
  });

  it('stops the pages that feed it, and the page under way', async () => {
    const clock = new VirtualClock();
    let pending = 0;
    const pages = paginateByToken(async (token, signal) => {
      pending += 1;
      try {
        await clock.sleep(100, signal);
        return { items: [token], nextToken: `${token ?? 'page'}+` };
      } finally {
        pending -= 1;
      }
    });

    await clock.run(async () => {
      for await (const page of mapConcurrent(pages, async (items) => items, { concurrency: 2 })) {
        expect(page).toEqual([undefined]);
        break;
      }
    });

    expect([pending, clock.pendingSleeps, clock.monotonic()]).toEqual([0, 0, 100]);
  });

  it('maps 100,000 items without growing slower', async () => {
    let count = 0;

    for await (const result of mapConcurrent(numbers(100_000).items, async (item) => item, { concurrency: 8 })) {
      count += result === count ? 1 : 0;
    }

    expect(count).toBe(100_000);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses a concurrency of %d at the call', (concurrency) => {
    expect(() => mapConcurrent([1], async (item) => item, { concurrency })).toThrow(
      new RangeError(`concurrency must be a whole number from 1, got ${concurrency}`),
    );
  });
});
