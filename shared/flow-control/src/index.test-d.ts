import { describe, expectTypeOf, it } from 'vitest';
import {
  AdaptiveConcurrency,
  forEachConcurrent,
  mapConcurrent,
  paginateByOffset,
  paginateByToken,
  paginateUnstable,
  RateLimiter,
  systemClock,
} from './index.js';
import type {
  Clock,
  OffsetPage,
  PaginationError,
  PaginationErrorCode,
  RateLimitStore,
  Release,
  TokenPage,
  UnstableReport,
} from './index.js';
import { VirtualClock } from './testing.js';

interface Row {
  id: string;
}
declare const tokenPage: (token: string | undefined, signal: AbortSignal) => Promise<TokenPage<Row>>;
declare const offsetPage: (request: { offset: number; limit: number }, signal: AbortSignal) => Promise<OffsetPage<Row>>;
const itemKey = ({ id }: Row): string => id;

describe('paging', () => {
  it('yields pages of what the server sends', () => {
    expectTypeOf(paginateByToken(tokenPage)).toEqualTypeOf<AsyncGenerator<readonly Row[], void, undefined>>();
    expectTypeOf(paginateByOffset(offsetPage, { limit: 1, itemKey, end: 'short-page' })).toEqualTypeOf<
      AsyncGenerator<readonly Row[], void, undefined>
    >();
  });

  it('wants to know what makes a row unique, how many to ask for, and what ends the list', () => {
    // @ts-expect-error itemKey is missing
    paginateByOffset(offsetPage, { limit: 1, end: 'empty-page' });
    // @ts-expect-error limit is missing
    paginateByOffset(offsetPage, { itemKey, end: 'empty-page' });
    // @ts-expect-error end is missing
    paginateByOffset(offsetPage, { limit: 1, itemKey });
    // @ts-expect-error no such end
    paginateByOffset(offsetPage, { limit: 1, itemKey, end: 'last-page' });
    // @ts-expect-error a key is a string
    paginateByToken(tokenPage, { itemKey: () => 1 });
  });

  it('tells the pass and reports when the order is not stable', () => {
    paginateUnstable(
      async (request) => {
        expectTypeOf(request).toEqualTypeOf<{ offset: number; limit: number; pass: number }>();
        return { items: [{ id: '1' }] };
      },
      {
        limit: 1,
        itemKey,
        end: 'short-page',
        onReport: (report) => {
          expectTypeOf(report).toEqualTypeOf<UnstableReport>();
        },
      },
    );
  });

  it('accepts a token that is null, undefined or absent, and no number', () => {
    expectTypeOf<{ items: Row[]; nextToken: null }>().toExtend<TokenPage<Row>>();
    expectTypeOf<{ items: Row[] }>().toExtend<TokenPage<Row>>();
    expectTypeOf<{ items: Row[]; nextToken: number }>().not.toExtend<TokenPage<Row>>();
    expectTypeOf<{ items: Row[]; nextOffset: null; total: number }>().toExtend<OffsetPage<Row>>();
  });

  it('fails with one of two codes', () => {
    expectTypeOf<PaginationError['code']>().toEqualTypeOf<PaginationErrorCode>();
    expectTypeOf<PaginationErrorCode>().toEqualTypeOf<'TOKEN_REPEATED' | 'NO_PROGRESS'>();
  });
});

describe('concurrency', () => {
  it('maps items of one type to results of another', () => {
    expectTypeOf(mapConcurrent([1], async (item) => item.toFixed(), { concurrency: 1 })).toEqualTypeOf<
      AsyncGenerator<string, void, undefined>
    >();
    expectTypeOf(
      forEachConcurrent(paginateByToken(tokenPage), async () => undefined, { concurrency: 1 }),
    ).toEqualTypeOf<Promise<void>>();
  });

  it('wants a bound', () => {
    // @ts-expect-error concurrency is missing
    mapConcurrent([1], async (item) => item, {});
    // @ts-expect-error initial and max are missing
    new AdaptiveConcurrency({ min: 1 });
  });

  it('gives a release that wants to know how the work went', () => {
    expectTypeOf<Awaited<ReturnType<AdaptiveConcurrency['acquire']>>>().toEqualTypeOf<Release>();
    expectTypeOf<Release>().parameters.toEqualTypeOf<[{ latencyMs: number; overloaded: boolean }]>();
  });
});

describe('time', () => {
  it('is an argument', () => {
    expectTypeOf(systemClock).toEqualTypeOf<Clock>();
    expectTypeOf<VirtualClock>().toExtend<Clock>();
    new RateLimiter({ limit: 1, windowMs: 1, burst: 1, clock: new VirtualClock() });
  });

  it('can be kept by several processes, in a store of any kind', () => {
    const store: RateLimitStore = { reserve: async () => ({ waitMs: 0, sharers: 1 }) };
    new RateLimiter({ limit: 1, shared: { store, key: 'organization' } });
    // @ts-expect-error whose limit it is has to be said
    new RateLimiter({ limit: 1, shared: { store } });
  });
});
