import { describe, expect, it } from 'vitest';
import { paginateByToken } from './paginate-by-token.js';
import { PaginationError } from './pagination-error.js';
import { VirtualClock } from './virtual-clock.js';

/** A server with numbered items that hands out the row number as token. */
function server(size: number, pageSize: number) {
  const requests: (string | undefined)[] = [];
  return {
    requests,
    fetchPage: async (token: string | undefined) => {
      requests.push(token);
      const start = Number(token ?? 0);
      const end = start + pageSize;
      return {
        items: Array.from({ length: Math.min(size, end) - start }, (_, index) => start + index),
        nextToken: end < size ? String(end) : null,
      };
    },
  };
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('paginateByToken', () => {
  it.each([
    [0, 1],
    [1, 1],
    [9, 1],
    [10, 1],
    [11, 2],
    [99, 10],
    [100, 10],
    [101, 11],
  ])('reads %i items in pages of 10 with %i requests, in order', async (size, requests) => {
    const { fetchPage, requests: made } = server(size, 10);

    const items = await all(paginateByToken(fetchPage));

    expect(items).toEqual(Array.from({ length: size }, (_, index) => index));
    expect(made).toHaveLength(requests);
  });

  it.each([[null], [undefined], ['']])('takes the token %j for the end', async (nextToken) => {
    const items = await all(paginateByToken(async () => ({ items: [1], nextToken })));

    expect(items).toEqual([1]);
  });

  it('stops at a repeated token with a typed error', async () => {
    const pages = paginateByToken(async (token) => ({ items: [token ?? 'first'], nextToken: 'same' }));

    await expect(all(pages)).rejects.toThrow(PaginationError);
  });

  it('fetches the next page while the current one is processed', async () => {
    const clock = new VirtualClock();
    const { fetchPage } = server(100, 10);

    await clock.run(async () => {
      const pages = paginateByToken(async (token, signal) => {
        await clock.sleep(100, signal);
        return fetchPage(token);
      });
      for await (const page of pages) await clock.sleep(page.length * 10);
    });

    expect(clock.monotonic()).toBe(1_100);
  });
});
