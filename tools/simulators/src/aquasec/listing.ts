import type { AquasecSimulatorOptions } from './definition.js';

/** What a list endpoint answers: a status and the body's members besides the envelope's. */
export type ListAnswer =
  | { readonly status: 200; readonly data: readonly unknown[]; readonly extra: Readonly<Record<string, unknown>> }
  | { readonly status: 400 | 404; readonly problem: string };

const DEFAULT_LIMIT = 100;

/** A page of a list, in the account's paging mode. */
export function listPage(
  all: readonly unknown[],
  query: Readonly<Record<string, string | string[]>>,
  options: Pick<AquasecSimulatorOptions, 'pagingMode' | 'maxLimit' | 'beyondEnd'>,
): ListAnswer {
  const { pagingMode, maxLimit, beyondEnd } = options;
  if (pagingMode === 'ignore') return { status: 200, data: all, extra: {} };
  if (pagingMode === 'no-limit-support') {
    return 'limit' in query
      ? { status: 400, problem: 'Unknown parameter limit.' }
      : { status: 200, data: all, extra: {} };
  }
  const limit = wholeNumber(query['limit'], DEFAULT_LIMIT);
  const offset = wholeNumber(query['offset'], 0);
  if (limit === undefined || limit < 1) return { status: 400, problem: 'Invalid limit.' };
  if (offset === undefined) return { status: 400, problem: 'Invalid offset.' };
  if (offset > 0 && offset >= all.length && beyondEnd === '404') return { status: 404, problem: 'Not found.' };

  const data = all.slice(offset, offset + Math.min(limit, maxLimit));
  const next = offset + data.length;
  if (pagingMode === 'meta') {
    const nextOffset = next < all.length ? next : null;
    return { status: 200, data, extra: { meta: { count: data.length, next_offset: nextOffset } } };
  }
  return { status: 200, data, extra: pagingMode === 'total' ? { total_count: all.length } : {} };
}

function wholeNumber(value: string | string[] | undefined, byDefault: number): number | undefined {
  if (value === undefined) return byDefault;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
