import { describe, expect, it } from 'vitest';
import { paginateUnstable } from './paginate-unstable.js';
import type { UnstableReport } from './paginate-unstable.js';

/** The same rows in an order of its own for each request, made by a small generator of pseudo-random numbers. */
function shufflingServer(size: number, cap: number, seed = 1) {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return async ({ offset, limit }: { offset: number; limit: number }) => {
    const drawn = Array.from({ length: size }, (_, row) => ({ row, place: random() }));
    const items = drawn.sort((a, b) => a.place - b.place).map(({ row }) => row);
    return { items: items.slice(offset, offset + Math.min(limit, cap)) };
  };
}

async function read(
  fetchPage: Parameters<typeof paginateUnstable<number>>[0],
): Promise<{ items: number[]; reports: UnstableReport[] }> {
  const items: number[] = [];
  const reports: UnstableReport[] = [];
  const pages = paginateUnstable(fetchPage, {
    limit: 200,
    itemKey: String,
    end: 'short-page',
    onReport: (report) => reports.push(report),
  });
  for await (const page of pages) items.push(...page);
  return { items, reports };
}

describe('paginateUnstable', () => {
  it.each([0, 1, 20, 100, 199, 200, 201, 400, 1_000].flatMap((size) => [200, 100, 50, 20].map((cap) => [size, cap])))(
    'finds each of %i rows once in pages of %i, in whatever order each request comes',
    async (size, cap) => {
      const { items, reports } = await read(shufflingServer(size, cap));

      expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, row) => row));
      expect(reports).toMatchObject([{ rows: size, distinct: size, complete: true }]);
    },
  );

  it('reads a list in a stable order once', async () => {
    const rows = Array.from({ length: 450 }, (_, row) => row);
    const passes: number[] = [];

    const { reports } = await read(async ({ offset, limit, pass }) => {
      passes.push(pass);
      return { items: rows.slice(offset, offset + limit) };
    });

    expect(passes).toEqual([1, 1, 1]);
    expect(reports).toEqual([{ passes: 1, rows: 450, distinct: 450, complete: true }]);
  });

  it('stops when a second pass repeats the same rows in the same order, and tells the difference', async () => {
    const { items, reports } = await read(async ({ offset }) => ({ items: offset === 0 ? [1, 2, 2, 3] : [] }));

    expect(items).toEqual([1, 2, 3]);
    expect(reports).toEqual([{ passes: 2, rows: 4, distinct: 3, complete: false }]);
  });

  it('stops after 15 passes in other orders that showed nothing new', async () => {
    const { items, reports } = await read(async ({ pass }) => ({ items: pass % 2 === 0 ? [1, 2, 2] : [2, 1, 2] }));

    expect(items).toEqual([2, 1]);
    expect(reports).toEqual([{ passes: 16, rows: 3, distinct: 2, complete: false }]);
  });

  it('stops after 40 passes over a list that always shows something new', async () => {
    let requests = 0;

    const { reports } = await read(async ({ pass }) => {
      requests += 1;
      return { items: Array.from({ length: 101 }, (_, row) => Math.min(row, 2 * pass)) };
    });

    expect(requests).toBe(40);
    expect(reports).toEqual([{ passes: 40, rows: 101, distinct: 81, complete: false }]);
  });
});
