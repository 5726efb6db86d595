import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paginateByOffset } from './paginate-by-offset.js';
import { PaginationError } from './pagination-error.js';
import type { OffsetOptions, OffsetPage } from './walk-offsets.js';

interface ServerOptions {
  /** The most rows that the server sends, whatever is asked for. */
  cap?: number;
  total?: boolean;
  nextOffset?: boolean;
}

/** A server with the rows 0, 1, 2, … that notes the offsets it is asked for. */
function server(size: number, { cap = Infinity, total, nextOffset }: ServerOptions = {}) {
  const rows = range(size);
  const offsets: number[] = [];
  const fetchPage = async ({ offset, limit }: { offset: number; limit: number }): Promise<OffsetPage<number>> => {
    offsets.push(offset);
    const items = rows.slice(offset, offset + Math.min(limit, cap));
    const end = offset + items.length;
    return {
      items,
      ...(total === true && { total: size }),
      ...(nextOffset === true && { nextOffset: end < size ? end : null }),
    };
  };
  return { rows, offsets, fetchPage };
}

function range(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}

async function read<Item>(
  fetchPage: Parameters<typeof paginateByOffset<Item>>[0],
  options: Partial<OffsetOptions<Item>> & { prefetch?: number } = {},
): Promise<{ items: Item[]; error: unknown }> {
  const items: Item[] = [];
  try {
    const pages = paginateByOffset(fetchPage, { limit: 100, itemKey: String, end: 'empty-page', ...options });
    for await (const page of pages) items.push(...page);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

describe('paginateByOffset', () => {
  it.each([
    // rows, then requests when only an empty page is the end, and when a short page is
    [0, 1, 1],
    [1, 2, 1],
    [99, 2, 1],
    [100, 2, 2],
    [101, 3, 2],
    [999, 11, 10],
    [1_000, 11, 11],
    [1_001, 12, 11],
  ])('reads %i rows in pages of 100 with %i requests, or %i', async (size, emptyPage, shortPage) => {
    const patient = server(size);
    const brisk = server(size);

    const all = await read(patient.fetchPage, { end: 'empty-page' });
    const same = await read(brisk.fetchPage, { end: 'short-page' });

    expect([all, same]).toEqual([
      { items: range(size), error: undefined },
      { items: range(size), error: undefined },
    ]);
    expect([patient.offsets.length, brisk.offsets.length]).toEqual([emptyPage, shortPage]);
  });

  describe.each([200, 100, 50, 20])('when 200 rows are asked for and the server sends %i at most', (cap) => {
    it.each(['empty-page', 'short-page'] as const)('loses nothing, whatever the size of the list (%s)', async (end) => {
      for (const size of [0, 1, cap - 1, cap, cap + 1, 10 * cap - 1, 10 * cap, 10 * cap + 1]) {
        const { items, error } = await read(server(size, { cap }).fetchPage, { limit: 200, end });
        expect([items, error]).toEqual([range(size), undefined]);
      }
    });
  });

  it.each([
    ['a first page that is short and no round number', 37, [0]],
    ['a first page that a cap may have cut', 100, [0, 100]],
    ['a page shorter than the cap that the first page showed', 150, [0, 100]],
    ['an empty page after full ones', 300, [0, 100, 200, 300]],
  ])('ends at %s', async (_, size, offsets) => {
    const { fetchPage, offsets: asked } = server(size, { cap: 100 });

    await read(fetchPage, { limit: 200, end: 'short-page' });

    expect(asked).toEqual(offsets);
  });

  it('ends at a short page after a full one, be it a round number or not', async () => {
    const { fetchPage, offsets } = server(250);

    await read(fetchPage, { limit: 200, end: 'short-page' });

    expect(offsets).toEqual([0, 200]);
  });

  it.each(['empty-page', 'short-page'] as const)('believes the total that the server tells (%s)', async (end) => {
    const { fetchPage, offsets } = server(250, { total: true, cap: 37 });

    const { items } = await read(fetchPage, { end });

    expect(items).toEqual(range(250));
    expect(offsets).toEqual([0, 37, 74, 111, 148, 185, 222]);
  });

  it.each(['empty-page', 'short-page'] as const)('follows the offsets that the server tells (%s)', async (end) => {
    const { fetchPage, offsets } = server(120, { nextOffset: true, cap: 50 });

    const { items } = await read(fetchPage, { end });

    expect(items).toEqual(range(120));
    expect(offsets).toEqual([0, 50, 100]);
  });

  it('takes a next offset of null for the end, even after a full page', async () => {
    const { offsets, fetchPage } = server(100, { nextOffset: true });

    await read(fetchPage);

    expect(offsets).toEqual([0]);
  });

  it('does not believe a total that is less than what it has seen', async () => {
    const { items } = await read(async ({ offset, limit }) => ({
      items: range(250).slice(offset, offset + limit),
      total: 0,
    }));

    expect(items).toEqual(range(250));
  });

  it.each([0, 40, 50, NaN])('throws when the server sends it from offset 50 to %d', async (nextOffset) => {
    const { items, error } = await read(async ({ offset }) => ({
      items: [offset],
      nextOffset: offset === 0 ? 50 : nextOffset,
    }));

    expect(error).toBeInstanceOf(PaginationError);
    expect(error).toMatchObject({ code: 'NO_PROGRESS', pages: 2 });
    expect(items).toEqual([0, 50]);
  });

  it('throws when the server sends it on over two pages without a new row', async () => {
    let requests = 0;

    const { items, error } = await read(async ({ offset }) => {
      requests += 1;
      return { items: offset === 0 ? [1, 2] : [2], nextOffset: offset + 2 };
    });

    expect(error).toMatchObject({ code: 'NO_PROGRESS', pages: 3 });
    expect([items, requests]).toEqual([[1, 2], 3]);
  });

  it('ends when the server ignores the offset', async () => {
    let requests = 0;

    const { items, error } = await read(async () => {
      requests += 1;
      return { items: range(100) };
    });

    expect([items, error, requests]).toEqual([range(100), undefined, 2]);
  });

  it('reads a list whose server ignores the limit', async () => {
    const { items } = await read(async ({ offset }) => ({ items: range(1_234).slice(offset) }), { end: 'short-page' });

    expect(items).toEqual(range(1_234));
  });

  it('yields a row once that moved to a later page while the list was read', async () => {
    const pages = [[1, 2, 3], [3, 4, 5], [6], []];

    const { items } = await read(async () => ({ items: pages.shift() ?? [] }), { limit: 3 });

    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('survives rows that are deleted and a total that falls while the list is read', async () => {
    const rows = range(300);

    const { items, error } = await read(async ({ offset, limit }) => {
      const page = { items: rows.slice(offset, offset + limit), total: rows.length };
      rows.splice(0, 30);
      return page;
    });

    expect(error).toBeUndefined();
    expect(items).toHaveLength(new Set(items).size);
    expect(items.slice(0, 101)).toEqual([...range(100), 130]);
  });

  it('goes on after a total that rises while the list is read', async () => {
    const rows = range(150);

    const { items } = await read(async ({ offset, limit }) => {
      const page = { items: rows.slice(offset, offset + limit), total: rows.length };
      if (offset === 0) rows.push(150, 151);
      return page;
    });

    expect(items).toEqual(range(152));
  });

  it('loses nothing and repeats nothing, whatever size, limit, cap and end', async () => {
    const cases = fc.record({
      size: fc.nat(400),
      limit: fc.integer({ min: 1, max: 120 }),
      cap: fc.integer({ min: 1, max: 20 }).map((tens) => tens * 10),
      end: fc.constantFrom('empty-page' as const, 'short-page' as const),
      total: fc.boolean(),
      nextOffset: fc.boolean(),
      prefetch: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, limit, cap, end, total, nextOffset, prefetch }) => {
        const { fetchPage } = server(size, { cap, total, nextOffset });
        const { items, error } = await read(fetchPage, { limit, end, prefetch });
        expect([items, error]).toEqual([range(size), undefined]);
      }),
      { seed: 1 },
    );
  });

  it('throws what a page throws, after the pages before it', async () => {
    const broken = new Error('broken');

    const { items, error } = await read(
      async ({ offset }) => {
        if (offset === 2) throw broken;
        return { items: [offset, offset + 1] };
      },
      { limit: 2 },
    );

    expect([items, error]).toEqual([[0, 1], broken]);
  });

  it.each([0, -1, 1.5, NaN])('refuses a limit of %d at the call', (limit) => {
    expect(() => paginateByOffset(server(1).fetchPage, { limit, itemKey: String, end: 'empty-page' })).toThrow(
      new RangeError(`limit must be a whole number from 1, got ${limit}`),
    );
  });
});
