import type { PaginationOptions } from './pagination-options.js';
import { readAhead } from './read-ahead.js';
import { addedTo, checkLimit, walkOffsets } from './walk-offsets.js';
import type { ItemKey, OffsetOptions, OffsetPage } from './walk-offsets.js';

/** How a list was read whose order changes between requests. */
export interface UnstableReport {
  /** Times that the list was read. */
  passes: number;
  /** Rows that a pass received at most, repeated ones included. */
  rows: number;
  /** Distinct items of all passes together. */
  distinct: number;
  /** Whether as many distinct items were found as the list has rows; if not, some are probably missing. */
  complete: boolean;
}

/**
 * After so many passes in a row without anything new, the server is taken to show no more. In a wholly random order a
 * pass over many pages misses a row with a probability of 0.37, so that one that is there stays hidden in one list of
 * three million.
 */
const FRUITLESS_PASSES = 15;
/** A list that still shows something new after so many passes changes faster than it can be read. */
const MAX_PASSES = 40;

/**
 * Reads a list by offset whose order is not stable between requests, so that one pass may repeat some rows and miss as
 * many others. It checks itself: while a pass received more rows than distinct items are known, the list is read once
 * more, and the items of all passes are united. When a pass comes in the same order as the one before, the repeated rows
 * are the server's own and it stops as well. Yields, page by page, the items not seen before.
 *
 * @param fetchPage fetches a page; `pass` counts from 1 and lets it ask for another order in a later pass
 * @param options.onReport called once, when the last pass has ended, with both numbers
 * @throws PaginationError, RangeError as paginateByOffset does
 * @throws whatever `fetchPage` throws, after the pages before it have been yielded
 *
 * @example
 * import { paginateUnstable } from '@vendor-graph/flow-control';
 * const rows = ['a', 'b', 'c'];
 * const pages = paginateUnstable(
 *   async ({ offset, limit }) => ({ items: rows.slice(offset, offset + limit), total: rows.length }),
 *   { limit: 2, itemKey: (row) => row, end: 'empty-page' },
 * );
 * const seen: string[] = [];
 * for await (const page of pages) seen.push(...page);
 *
 * seen; // => ['a', 'b', 'c']
 */
export function paginateUnstable<Item>(
  fetchPage: (
    request: { offset: number; limit: number; pass: number },
    signal: AbortSignal,
  ) => Promise<OffsetPage<Item>>,
  options: PaginationOptions & OffsetOptions<Item> & { onReport?: (report: UnstableReport) => void },
): AsyncGenerator<readonly Item[], void, undefined> {
  checkLimit(options.limit);
  return readAhead((signal) => unitedPasses(fetchPage, options, signal), options);
}

async function* unitedPasses<Item>(
  fetchPage: (
    request: { offset: number; limit: number; pass: number },
    signal: AbortSignal,
  ) => Promise<OffsetPage<Item>>,
  options: OffsetOptions<Item> & { onReport?: (report: UnstableReport) => void },
  signal: AbortSignal,
): AsyncGenerator<readonly Item[], void, undefined> {
  const known = new Set<ItemKey>();
  let rows = 0;
  let fruitless = 0;
  let previousOrder: ItemKey[] = [];
  for (let pass = 1; ; pass++) {
    const knownBefore = known.size;
    const order: ItemKey[] = [];
    const readPage = async (request: { offset: number; limit: number }): Promise<OffsetPage<Item>> => {
      const page = await fetchPage({ ...request, pass }, signal);
      for (const item of page.items) order.push(options.itemKey(item));
      return page;
    };
    // What is new in the first pass is new in all; most lists need no other one.
    if (pass === 1) {
      yield* walkOffsets(readPage, options, signal, known);
    } else {
      for await (const fresh of walkOffsets(readPage, options, signal)) {
        yield fresh.filter((item) => addedTo(known, options.itemKey(item)));
      }
    }
    // A pass ends early when a page happens to hold only rows of the pages before: the longest pass tells the rows.
    rows = Math.max(rows, order.length);
    fruitless = known.size > knownBefore ? 0 : fruitless + 1;
    const complete = known.size >= rows;
    if (complete || isSame(order, previousOrder) || fruitless === FRUITLESS_PASSES || pass === MAX_PASSES) {
      options.onReport?.({ passes: pass, rows, distinct: known.size, complete });
      return;
    }
    previousOrder = order;
  }
}

function isSame(keys: readonly ItemKey[], others: readonly ItemKey[]): boolean {
  return keys.length === others.length && keys.every((key, index) => key === others[index]);
}
