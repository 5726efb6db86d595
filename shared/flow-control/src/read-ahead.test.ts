import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { paginateByOffset } from './paginate-by-offset.js';
import { paginateByToken } from './paginate-by-token.js';
import type { PaginationOptions } from './pagination-options.js';
import { readAhead } from './read-ahead.js';
import { VirtualClock } from './virtual-clock.js';

/** A list of endless or `pages` pages whose server takes `latencyMs` for each and notes what it was asked for. */
function slowServer(clock: VirtualClock, latencyMs: number, pages = Infinity) {
  const server = { requests: 0, pending: 0, aborted: 0 };
  const answer = async (page: number, signal: AbortSignal): Promise<{ items: number[]; last: boolean }> => {
    server.requests += 1;
    server.pending += 1;
    try {
      await clock.sleep(latencyMs, signal);
      return { items: [page], last: page + 1 >= pages };
    } catch (error) {
      server.aborted += 1;
      throw error;
    } finally {
      server.pending -= 1;
    }
  };
  return { server, answer };
}

const waysOfPaging = {
  token: (answer: ReturnType<typeof slowServer>['answer'], options: PaginationOptions) =>
    paginateByToken(async (token, signal) => {
      const page = Number(token ?? 0);
      const { items, last } = await answer(page, signal);
      return { items, nextToken: last ? null : String(page + 1) };
    }, options),
  offset: (answer: ReturnType<typeof slowServer>['answer'], options: PaginationOptions) =>
    paginateByOffset(
      async ({ offset }, signal) => {
        const { items, last } = await answer(offset, signal);
        return { items, nextOffset: last ? null : offset + 1 };
      },
      { limit: 1, itemKey: String, end: 'empty-page', ...options },
    ),
};

describe.each(['token', 'offset'] as const)('paging by %s', (way) => {
  const paginate = waysOfPaging[way];

  it.each([
    // latency, processing, prefetch, time for 20 pages
    [100, 100, 1, 2_100],
    [100, 10, 1, 2_010],
    [10, 100, 1, 2_010],
    [100, 90, 1, 2_090],
    [100, 100, 3, 2_100],
    [100, 100, 0, 4_000],
  ])(
    'with %i ms for a page, %i ms to process it and a prefetch of %i takes %i ms for 20 pages',
    async (latencyMs, processingMs, prefetch, total) => {
      const clock = new VirtualClock();
      const { answer } = slowServer(clock, latencyMs, 20);

      await clock.run(async () => {
        for await (const page of paginate(answer, { prefetch })) await clock.sleep(processingMs * page.length);
      });

      expect(clock.monotonic()).toBe(total);
      if (prefetch > 0) expect(total).toBeLessThanOrEqual(1.15 * Math.max(latencyMs, processingMs) * 20);
    },
  );

  it.each([0, 1, 2, 5])(
    'makes at most %i further requests when the consumer breaks, and leaves nothing pending',
    async (prefetch) => {
      const clock = new VirtualClock();
      const { server, answer } = slowServer(clock, 10);

      await clock.run(async () => {
        let taken = 0;
        for await (const page of paginate(answer, { prefetch })) {
          await clock.sleep(1_000);
          taken += page.length;
          if (taken === 3) break;
        }
      });
      await clock.advance(60_000);

      expect(server.requests).toBe(3 + prefetch);
      expect([server.pending, clock.pendingSleeps]).toEqual([0, 0]);
    },
  );

  it('aborts the page under way when the consumer breaks', async () => {
    const clock = new VirtualClock();
    const { server, answer } = slowServer(clock, 1_000);

    await clock.run(async () => {
      for await (const page of paginate(answer, {})) {
        await clock.sleep(page.length);
        break;
      }
    });

    expect(server).toEqual({ requests: 2, pending: 0, aborted: 1 });
    expect(clock.monotonic()).toBe(1_001);
  });

  it('aborts the page under way when return() comes before it has arrived', async () => {
    const clock = new VirtualClock();
    const { server, answer } = slowServer(clock, 1_000);

    const pages = paginate(answer, {});
    const first = pages.next();
    await turn();
    const end = pages.return();

    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(end).resolves.toEqual({ done: true, value: undefined });
    expect([server.pending, clock.pendingSleeps, clock.monotonic()]).toEqual([0, 0, 0]);
  });

  it('rejects with the reason of the caller while a page is fetched, and leaves nothing pending', async () => {
    const clock = new VirtualClock();
    const { server, answer } = slowServer(clock, 1_000);
    const controller = new AbortController();
    const reason = new Error('interrupted');

    const first = paginate(answer, { signal: controller.signal }).next();
    await turn();
    controller.abort(reason);

    await expect(first).rejects.toBe(reason);
    expect([server.requests, server.pending, clock.pendingSleeps]).toEqual([1, 0, 0]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('does not hand out pages that were fetched ahead when the caller has aborted meanwhile', async () => {
    const clock = new VirtualClock();
    const { server, answer } = slowServer(clock, 1);
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const pages = paginate(answer, { prefetch: 3, signal: controller.signal });

    await clock.run(async () => {
      await pages.next();
      await clock.sleep(100);
    });
    controller.abort(reason);

    await expect(pages.next()).rejects.toBe(reason);
    await expect(pages.next()).resolves.toEqual({ done: true, value: undefined });
    expect([server.requests, server.pending]).toEqual([4, 0]);
  });

  it('makes no request when the caller has aborted before', async () => {
    const clock = new VirtualClock();
    const { server, answer } = slowServer(clock, 1);
    const reason = new Error('interrupted');

    await expect(paginate(answer, { signal: AbortSignal.abort(reason) }).next()).rejects.toBe(reason);
    expect(server.requests).toBe(0);
  });

  it('makes no request before the first page is asked for', async () => {
    const { server, answer } = slowServer(new VirtualClock(), 1);

    const pages = paginate(answer, {});
    await turn();
    await pages.return();

    expect(server.requests).toBe(0);
  });

  it('leaves no listener on the signal when the list ends', async () => {
    const clock = new VirtualClock();
    const { answer } = slowServer(clock, 1, 3);
    const { signal } = new AbortController();

    const pages: number[] = [];
    await clock.run(async () => {
      for await (const page of paginate(answer, { signal })) pages.push(...page);
    });

    expect(pages).toEqual([0, 1, 2]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each([-1, 0.5, NaN, Infinity])('refuses a prefetch of %d at the call', (prefetch) => {
    const { answer } = slowServer(new VirtualClock(), 1);

    expect(() => paginate(answer, { prefetch })).toThrow(
      new RangeError(`prefetch must be a whole number from 0, got ${prefetch}`),
    );
  });
});

describe('readAhead', () => {
  it('reports an error in its turn, not as an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', onUnhandled);
    const broken = new Error('broken');
    async function* source(): AsyncGenerator<readonly number[], void, undefined> {
      yield [1];
      throw broken;
    }

    const pages = readAhead(source, { prefetch: 3 });
    const first = await pages.next();
    for (let turns = 0; turns < 5; turns++) await turn();
    const second = pages.next();

    await expect(second).rejects.toBe(broken);
    expect([first.value, unhandled]).toEqual([[1], []]);
    process.off('unhandledRejection', onUnhandled);
  });

  it('fetches on while empty pages are passed over', async () => {
    async function* source(): AsyncGenerator<readonly number[], void, undefined> {
      yield* [[], [], [1], [], [2], []];
    }
    const pages: (readonly number[])[] = [];

    for await (const page of readAhead(source)) pages.push(page);

    expect(pages).toEqual([[1], [2]]);
  });
});
