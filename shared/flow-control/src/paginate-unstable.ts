import type { PaginationOptions } from './pagination-options.js';
import { readAhead } from './read-ahead.js';
import { addedTo, checkLimit, walkOffsets } from './walk-offsets.js';
import type { OffsetOptions, OffsetPage } from './walk-offsets.js';

/** How a list was read whose order changes between requests. */
export interface UnstableReport {
  /** Times that the list was read, 1 to 3. */
  passes: number;
  /** Rows that the last pass received, repeated ones included. */
  rows: number;
  /** Distinct items of all passes together. */
  distinct: number;
  /** Whether as many distinct items were found as the list has rows; if not, some are probably missing. */
  complete: boolean;
}

/** More passes hardly ever find more: what three readings missed, the server does not show. */
const MAX_PASSES = 3;

/**
 * Reads a list by offset whose order is not stable between requests, so that one pass may repeat some rows and miss as
 * many others. It checks itself: while a pass received more rows than distinct items are known, the list is read once
 * more, up to three times, and the items of all passes are united. Yields, page by page, the items not seen before.
 *
 * @param fetchPage fetches a page; `pass` counts from 1 and lets it ask for another order in a later pass
 * @param options.onReport called once, when the last pass has ended, with both numbers
 * @throws PaginationError, RangeError as paginateByOffset does
 * @throws whatever `fetchPage` throws, after the pages before it have been yielded
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
  const known = new Set<string>();
  for (let pass = 1; ; pass++) {
    const readPage = (request: { offset: number; limit: number }): Promise<OffsetPage<Item>> =>
      fetchPage({ ...request, pass }, signal);
    let rows = 0;
    for await (const page of walkOffsets(readPage, options, signal)) {
      rows += page.rows;
      yield page.fresh.filter((item) => addedTo(known, options.itemKey(item)));
    }
    const complete = known.size >= rows;
    if (complete || pass === MAX_PASSES) {
      options.onReport?.({ passes: pass, rows, distinct: known.size, complete });
      return;
    }
  }
}
