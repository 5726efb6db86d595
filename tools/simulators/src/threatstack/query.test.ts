import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { Query } from './query.js';

function query(values: Record<string, string | string[]>): Query {
  return new Query({ query: values } as unknown as FastifyRequest);
}

describe('Query', () => {
  it.each([
    ['2022-09-05', Date.UTC(2022, 8, 5)],
    ['2022-09-05T15:53:00', Date.UTC(2022, 8, 5, 15, 53)],
    ['2022-09-05T15:53', Date.UTC(2022, 8, 5, 15, 53)],
    ['2022-09-05T15:53:00Z', Date.UTC(2022, 8, 5, 15, 53)],
    ['2022-09-05T15:53:00.250Z', Date.UTC(2022, 8, 5, 15, 53, 0, 250)],
    ['2022-09-05T15:53:00+02:00', Date.UTC(2022, 8, 5, 13, 53)],
  ])('reads the instant %s as UTC', (text, expected) => {
    expect(query({ from: text }).instant('from')).toBe(expected);
  });

  it.each(['today', '2022', '1662393180000', '2022-02-30T25:00:00', '2022-09-05 15:53', '2022-09-05T15:53:00 02:00'])(
    'does not take "%s" for an instant',
    (text) => {
      expect(() => query({ from: text }).instant('from')).toThrow('Validation failed: query has invalid from value.');
    },
  );

  it('takes equal ends for a period, and open ones', () => {
    expect(query({ from: '2022-09-05', until: '2022-09-05' }).period()).toEqual({
      from: Date.UTC(2022, 8, 5),
      until: Date.UTC(2022, 8, 5),
    });
    expect(query({ until: '2022-09-05' }).period()).toEqual({ until: Date.UTC(2022, 8, 5) });
    expect(query({}).period()).toEqual({});
  });

  it('reads words that may be repeated', () => {
    const allowed = ['1', '2', '3'] as const;

    expect(query({ severity: ['1', '3'] }).words('severity', allowed)).toEqual(['1', '3']);
    expect(query({ severity: '2' }).words('severity', allowed)).toEqual(['2']);
    expect(query({}).words('severity', allowed)).toBeUndefined();
    expect(() => query({ severity: ['1', '4'] }).words('severity', allowed)).toThrow('invalid severity value');
  });

  it('tells filters apart, but not their order, and leaves the token out', () => {
    const filters = query({ a: '1', b: ['2', '3'] }).filters();

    expect(query({ b: ['2', '3'], token: 't', a: '1' }).filters()).toBe(filters);
    expect(query({ a: '1', b: '2' }).filters()).not.toBe(filters);
  });
});
