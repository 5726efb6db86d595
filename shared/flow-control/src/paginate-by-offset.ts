import type { PaginationOptions } from './pagination-options.js';
import { readAhead } from './read-ahead.js';
import { checkLimit, walkOffsets } from './walk-offsets.js';
import type { OffsetOptions, OffsetPage } from './walk-offsets.js';

/**
 * Reads a list by offset and limit and yields, page by page, the items that were not seen before. The next offset is
 * what the server says, else the number of rows so far, so a server that sends fewer rows than asked for loses nothing.
 *
 * The list ends when the server says so (`nextOffset: null`, or `total` distinct items have been seen), at a page without
 * a new item, and by `options.end`.
 *
 * @param fetchPage fetches `limit` rows from `offset` on; it should honour the signal
 * @throws PaginationError when the server's next offset does not advance, or two pages in a row bring nothing new
 * @throws RangeError at the call when `limit` is not a whole number from 1
 * @throws whatever `fetchPage` throws, after the pages before it have been yielded
 *
 * @example
 * import { paginateByOffset } from '@vendor-graph/flow-control';
 * const users = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
 * const pages = paginateByOffset(
 *   async ({ offset, limit }) => ({ items: users.slice(offset, offset + limit), total: users.length }),
 *   { limit: 2, itemKey: (user) => user.id, end: 'empty-page' },
 * );
 * const lengths: number[] = [];
 * for await (const page of pages) lengths.push(page.length);
 *
 * lengths; // => [2, 1]
 */
export function paginateByOffset<Item>(
  fetchPage: (request: { offset: number; limit: number }, signal: AbortSignal) => Promise<OffsetPage<Item>>,
  options: PaginationOptions & OffsetOptions<Item>,
): AsyncGenerator<readonly Item[], void, undefined> {
  checkLimit(options.limit);
  return readAhead((signal) => walkOffsets(fetchPage, options, signal), options);
}
