import type { PanopticaOptions } from './options.js';

/** What a request asks of a paged list. */
export interface PageRequest {
  offset: number;
  limit: number;
}

const DEFAULT_PAGE_SIZE = 100;

/** Answers a text, the reason of a 400, when the parameters cannot be used. */
export function pageRequest(
  query: Readonly<Record<string, unknown>>,
  { maxPageSize, overMaximum }: Pick<PanopticaOptions, 'maxPageSize' | 'overMaximum'>,
): PageRequest | string {
  const offset = wholeNumber(query['offset'] ?? '0');
  const asked = wholeNumber(query['maxResults'] ?? String(Math.min(DEFAULT_PAGE_SIZE, maxPageSize)));
  if (offset === undefined || asked === undefined) return 'offset and maxResults must be whole numbers';
  if (asked > maxPageSize && overMaximum === 'refuse') return `maxResults must not exceed ${maxPageSize}`;
  return { offset, limit: Math.min(asked, maxPageSize) };
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
