import { createHash } from 'node:crypto';
import { PaginationError } from './pagination-error.js';
import type { PaginationOptions } from './pagination-options.js';
import { readAhead } from './read-ahead.js';

/** One page of a list whose server says with a token where the next page begins. */
export interface TokenPage<Item> {
  items: readonly Item[];
  /** The token of the next page; null, undefined and '' end the list. */
  nextToken?: string | null;
}

/**
 * Reads a list page by page, following tokens, and yields the pages that have items.
 *
 * A server that would keep us for ever is stopped: one empty page with a fresh token is tolerated; a token that was
 * handed out before (cycles too), a second empty page in a row, or a page equal to an earlier one throw.
 *
 * @param fetchPage fetches the page of a token (undefined: the first one); it should honour the signal
 * @param options.itemKey makes the comparison of pages cheap; without it whole pages are compared
 * @throws PaginationError when the paging does not come to an end
 * @throws whatever `fetchPage` throws, after the pages before it have been yielded
 *
 * @example
 * import { paginateByToken } from '@vendor-graph/flow-control';
 * const answers = { first: { items: [1, 2], nextToken: 'b' }, b: { items: [3], nextToken: null } };
 * const pages = paginateByToken(async (token) => (token === 'b' ? answers.b : answers.first));
 * const seen: number[] = [];
 * for await (const page of pages) seen.push(...page);
 *
 * seen; // => [1, 2, 3]
 */
export function paginateByToken<Item>(
  fetchPage: (token: string | undefined, signal: AbortSignal) => Promise<TokenPage<Item>>,
  options: PaginationOptions & { itemKey?: (item: Item) => string } = {},
): AsyncGenerator<readonly Item[], void, undefined> {
  return readAhead((signal) => tokenPages(fetchPage, options.itemKey, signal), options);
}

async function* tokenPages<Item>(
  fetchPage: (token: string | undefined, signal: AbortSignal) => Promise<TokenPage<Item>>,
  itemKey: ((item: Item) => string) | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[], void, undefined> {
  const tokens = new Set<string>();
  const fingerprints = new Set<string>();
  let token: string | undefined;
  let previousEmpty = false;

  for (let pages = 1; ; pages++) {
    signal.throwIfAborted();
    const { items, nextToken } = await fetchPage(token, signal);

    const empty = items.length === 0;
    if (!empty) {
      const fingerprint = fingerprintOf(items, itemKey);
      if (fingerprints.has(fingerprint)) {
        throw new PaginationError('NO_PROGRESS', pages, 'the server sent the same page again');
      }
      fingerprints.add(fingerprint);
    }
    yield items;

    if (nextToken === undefined || nextToken === null || nextToken === '') return;
    if (tokens.has(nextToken)) {
      throw new PaginationError('TOKEN_REPEATED', pages, 'the server sent a page token for the second time');
    }
    if (empty && previousEmpty) {
      throw new PaginationError('NO_PROGRESS', pages, 'the server sent two empty pages in a row and announced more');
    }
    tokens.add(nextToken);
    token = nextToken;
    previousEmpty = empty;
  }
}

/** A digest, so that a long list costs a few bytes a page and not its contents. */
function fingerprintOf<Item>(items: readonly Item[], itemKey: ((item: Item) => string) | undefined): string {
  const identity = itemKey === undefined ? items : items.map(itemKey);
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64');
}
