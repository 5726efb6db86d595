import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paginateByToken } from './paginate-by-token.js';
import type { TokenPage } from './paginate-by-token.js';
import { PaginationError } from './pagination-error.js';

/** A server with the items 0, 1, 2, … that hands out row numbers as tokens and notes what it is asked for. */
function server(size: number, pageSize: number) {
  const requests: (string | undefined)[] = [];
  const fetchPage = async (token: string | undefined): Promise<TokenPage<number>> => {
    requests.push(token);
    const start = Number(token ?? 0);
    const end = Math.min(size, start + pageSize);
    return { items: range(start, end), nextToken: end < size ? String(end) : null };
  };
  return { requests, fetchPage };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** Pages with one item each, by the token that asks for them: `{ first: 'a', a: 'b', b: null }`. */
function chain(next: Record<string, string | null>) {
  const requests: string[] = [];
  const fetchPage = async (token = 'first'): Promise<TokenPage<string>> => {
    requests.push(token);
    return { items: [`item ${requests.length}`], nextToken: next[token] ?? null };
  };
  return { requests, fetchPage };
}

async function read<T>(pages: AsyncIterable<readonly T[]>): Promise<{ items: T[]; error: unknown }> {
  const items: T[] = [];
  try {
    for await (const page of pages) items.push(...page);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

describe('paginateByToken', () => {
  describe.each([0, 1, 3])('with a prefetch of %i', (prefetch) => {
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

      const { items, error } = await read(paginateByToken(fetchPage, { prefetch }));

      expect(error).toBeUndefined();
      expect(items).toEqual(range(0, size));
      expect(made).toHaveLength(requests);
    });

    it('reads lists of any size in pages of any size, whole and in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 50 }), async (size, pageSize) => {
          const { items } = await read(paginateByToken(server(size, pageSize).fetchPage, { prefetch }));
          expect(items).toEqual(range(0, size));
        }),
        { seed: 1 },
      );
    });
  });

  it.each([[null], [undefined], ['']])('takes the token %j for the end', async (nextToken) => {
    const { items, error } = await read(paginateByToken(async () => ({ items: [1], nextToken })));

    expect([items, error]).toEqual([[1], undefined]);
  });

  it('takes a page without a token for the last one', async () => {
    const { items } = await read(paginateByToken(async () => ({ items: [1] })));

    expect(items).toEqual([1]);
  });

  it.each([
    ['a token that comes again', { first: 'a', a: 'a' }, 2],
    ['a cycle of 2', { first: 'a', a: 'b', b: 'a' }, 3],
    ['a cycle of 5', { first: 'a', a: 'b', b: 'c', c: 'd', d: 'e', e: 'a' }, 6],
    ['a cycle after some pages', { first: 'x', x: 'y', y: 'a', a: 'b', b: 'a' }, 5],
  ])('stops at %s without asking for a page twice', async (_, next, pages) => {
    const { fetchPage, requests } = chain(next);

    const { items, error } = await read(paginateByToken(fetchPage));

    expect(error).toBeInstanceOf(PaginationError);
    expect(error).toMatchObject({ code: 'TOKEN_REPEATED', pages });
    expect(items).toHaveLength(pages);
    expect(requests).toHaveLength(pages);
  });

  it('passes over an empty page that announces more', async () => {
    const pages: Record<string, TokenPage<number>> = {
      first: { items: [1], nextToken: 'a' },
      a: { items: [], nextToken: 'b' },
      b: { items: [2], nextToken: 'c' },
      c: { items: [], nextToken: 'd' },
      d: { items: [3], nextToken: '' },
    };

    const { items, error } = await read(paginateByToken(async (token = 'first') => pages[token] ?? { items: [] }));

    expect([items, error]).toEqual([[1, 2, 3], undefined]);
  });

  it('stops at the second empty page in a row that announces more', async () => {
    let requests = 0;

    const { items, error } = await read(
      paginateByToken(async () => {
        requests += 1;
        return { items: requests === 1 ? [1] : [], nextToken: `token ${requests}` };
      }),
    );

    expect(error).toMatchObject({ code: 'NO_PROGRESS', pages: 3 });
    expect([items, requests]).toEqual([[1], 3]);
  });

  it('lets two empty pages end a list that announces no more', async () => {
    const { error } = await read(
      paginateByToken(async (token) => ({ items: [], nextToken: token === undefined ? 'a' : null })),
    );

    expect(error).toBeUndefined();
  });

  it.each([
    ['compared whole', undefined],
    ['compared by key', (item: { id: number }) => String(item.id)],
  ])('stops at a page that was there before, %s, although its token is fresh', async (_, itemKey) => {
    let requests = 0;

    const { items, error } = await read(
      paginateByToken(
        async () => {
          requests += 1;
          return { items: [{ id: requests % 2 }, { id: 7 }], nextToken: `token ${requests}` };
        },
        { itemKey, prefetch: 0 },
      ),
    );

    expect(error).toMatchObject({ code: 'NO_PROGRESS', pages: 3 });
    expect(items).toEqual([{ id: 1 }, { id: 7 }, { id: 0 }, { id: 7 }]);
    expect(requests).toBe(3);
  });

  it('says in the error how far it came and what to do', async () => {
    const { error } = await read(paginateByToken(chain({ first: 'a', a: 'a' }).fetchPage));

    expect(error).toMatchObject({
      name: 'PaginationError',
      message:
        'Paging stopped after 2 pages: the server sent a page token for the second time. ' +
        'The list is incomplete; run again, and report it to the vendor if it happens again.',
    });
  });

  it('throws what a page throws, after the pages before it', async () => {
    const broken = new Error('broken');

    const { items, error } = await read(
      paginateByToken(
        async (token) => {
          if (token === 'b') throw broken;
          return { items: [token], nextToken: token === undefined ? 'a' : 'b' };
        },
        { prefetch: 5 },
      ),
    );

    expect([items, error]).toEqual([[undefined, 'a'], broken]);
  });
});
