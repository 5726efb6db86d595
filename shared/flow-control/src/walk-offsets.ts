import { PaginationError } from './pagination-error.js';

/** One page of a list that is read by row number. */
export interface OffsetPage<Item> {
  items: readonly Item[];
  /** Where the server says the next page begins; null when it says that there is none. */
  nextOffset?: number | null;
  /** Rows in the whole list, when the server tells. */
  total?: number;
}

/** What makes a row unique in its list. A whole number takes less memory and time than a text. */
export type ItemKey = string | number;

/** What every reader by offset has to know about the list. */
export interface OffsetOptions<Item> {
  /** Rows to ask for in one request. */
  limit: number;
  itemKey: (item: Item) => ItemKey;
  /**
   * What ends the list when the server says nothing:
   * 'empty-page': only an empty page, or one without a new item. Right when the server's cap on `limit` is unknown.
   * 'short-page': also a page shorter than the page size in force, which is `limit`; but a first page that is shorter
   * and a multiple of 10 may show the server's own cap, so it is checked whether it has a successor, and if it has,
   * its length is the page size in force.
   */
  end: 'empty-page' | 'short-page';
}

/** A cap that servers put on the page size is a multiple of this. */
const CAP_UNIT = 10;

/**
 * Walks through a list once, by offset, in sequence, and yields of each page what was not seen before. The server's word
 * (next offset, total) goes before guessing from the length of a page; progress is the guard against endless paging.
 *
 * @param seen what counts as seen; the walk adds to it
 * @throws PaginationError when the server's next offset does not advance, or advances over two pages without a new item
 */
export async function* walkOffsets<Item>(
  fetchPage: (request: { offset: number; limit: number }, signal: AbortSignal) => Promise<OffsetPage<Item>>,
  { limit, itemKey, end }: OffsetOptions<Item>,
  signal: AbortSignal,
  seen = new Set<ItemKey>(),
): AsyncGenerator<readonly Item[], void, undefined> {
  let offset = 0;
  let pageSize = limit;
  let stalled = false;

  for (let pages = 1; ; pages++) {
    signal.throwIfAborted();
    const { items, nextOffset, total } = await fetchPage({ offset, limit }, signal);

    const fresh = items.filter((item) => addedTo(seen, itemKey(item)));
    yield fresh;

    if (nextOffset === null) return;
    if (nextOffset !== undefined) {
      if (!(nextOffset > offset)) {
        throw new PaginationError('NO_PROGRESS', pages, `the server sent us from offset ${offset} to ${nextOffset}`);
      }
      if (fresh.length === 0 && stalled) {
        throw new PaginationError('NO_PROGRESS', pages, 'two pages in a row brought nothing new and announced more');
      }
      stalled = fresh.length === 0;
      offset = nextOffset;
      continue;
    }
    // A total below what was seen is no total: rows are being deleted, or the server counts something else.
    if (seen.size === total || fresh.length === 0) return;
    const isMorePromised = total !== undefined && total > seen.size;
    if (end === 'short-page' && !isMorePromised && items.length < pageSize) {
      if (pages > 1 || items.length % CAP_UNIT !== 0) return;
      pageSize = items.length;
    }
    offset += items.length;
  }
}

/** @throws RangeError when `limit` is not a whole number from 1 */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a whole number from 1, got ${limit}`);
}

/** Adds a key to a set; true when it was not in it yet. */
export function addedTo(keys: Set<ItemKey>, key: ItemKey): boolean {
  const before = keys.size;
  return keys.add(key).size > before;
}
