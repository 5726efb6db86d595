import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { HttpStatusError } from '@vendor-graph/http';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { SkipReport } from '@vendor-graph/integration';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AquasecClient } from './client.js';

let clock: VirtualClock;
let simulator: Simulator;

beforeEach(() => {
  clock = new VirtualClock(Date.UTC(2026, 0, 1));
});

afterEach(async () => {
  await simulator.close();
});

describe('AquasecClient', () => {
  it.each([
    { users: 0, pagingMode: 'plain', maxLimit: 100, requests: 1 },
    { users: 1, pagingMode: 'plain', maxLimit: 100, requests: 2 },
    { users: 99, pagingMode: 'plain', maxLimit: 100, requests: 2 },
    { users: 100, pagingMode: 'plain', maxLimit: 100, requests: 2 },
    { users: 101, pagingMode: 'plain', maxLimit: 100, requests: 3 },
    { users: 1_000, pagingMode: 'plain', maxLimit: 50, requests: 21 },
    { users: 101, pagingMode: 'plain', maxLimit: 100, beyondEnd: '404', requests: 3 },
    { users: 101, pagingMode: 'meta', maxLimit: 100, requests: 2 },
    { users: 101, pagingMode: 'total', maxLimit: 100, requests: 2 },
    { users: 101, pagingMode: 'ignore', maxLimit: 100, requests: 2 },
    { users: 101, pagingMode: 'no-limit-support', maxLimit: 100, requests: 2 },
    { users: 20_000, pagingMode: 'plain', maxLimit: 20, requests: 1_001 },
    { users: 20_000, pagingMode: 'plain', maxLimit: 100, requests: 201 },
    { users: 20_000, pagingMode: 'ignore', maxLimit: 100, requests: 2 },
    { users: 2_000, pagingMode: 'plain', maxLimit: 1, requests: 2_001 },
  ])(
    'reads $users users of a server that pages by $maxLimit ($pagingMode) in $requests requests',
    { timeout: 60_000 },
    async ({ requests, ...options }) => {
      simulator = await startSimulator('aquasec', { ...options, clock });

      const ids = await collectIds((client, skipped) => client.users(skipped));

      expect(ids).toEqual(Array.from({ length: options.users }, (_, index) => 501 + index));
      expect(simulator.traffic.count('GET /v2/users')).toBe(requests);
      expect(simulator.traffic.maxPerWindow(1_000)).toBeLessThanOrEqual(10);
    },
  );

  it.each([
    ['insert', [1, 501, 502, 503, 504]],
    ['delete', [501, 502, 504]],
  ])('yields nobody twice when users drift (%s) between pages', async (drift, expected) => {
    simulator = await startSimulator('aquasec', { drift, users: 4, maxLimit: 2, clock });

    const ids = await collectIds((client, skipped) => client.users(skipped));

    expect(new Set(ids).size).toBe(ids.length);
    expect(expected).toEqual(expect.arrayContaining(ids));
  });

  it('never asks for sign-ins, and signs no query', async () => {
    simulator = await startSimulator('aquasec', { clock });

    await collectIds((client, skipped) => client.users(skipped));

    expect(simulator.traffic.requests.map(({ query }) => query['expand'])).toEqual(['group', 'group']);
    expect(simulator.traffic.unauthorized).toBe(0);
  });

  it('works behind a gateway whose path is not signed', async () => {
    simulator = await startSimulator('aquasec', { pathPrefix: '/gateway/prod', clock });

    expect(await collectIds((client, skipped) => client.groups(skipped))).toEqual([12_022, 12_023, 12_024, 12_025]);
    expect(simulator.baseUrl).toContain('/gateway/prod');
  });

  it('asks for the account once', async () => {
    simulator = await startSimulator('aquasec', { clock });

    await withClient(async (client) => {
      await client.account();
      await client.account();
    });

    expect(simulator.traffic.count()).toBe(1);
  });

  it.each([
    ['a 429 of the gateway', { kind: 'status', status: 429, body: { message: 'Too Many Requests' } }],
    ['a 429 with Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }],
    ['a 500 envelope', { kind: 'status', status: 500, body: { status: 500, code: 1, message: 'Oops' } }],
    ['a 503 page', { kind: 'status', status: 503, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['a 504 of the gateway', { kind: 'status', status: 504, body: { message: 'Endpoint request timed out' } }],
    ['a reset connection', { kind: 'reset' }],
    ['a cut body', { kind: 'cut', bytes: 40 }],
  ] as const)('recovers from %s and signs anew', async (_name, fault) => {
    simulator = await startSimulator('aquasec', { clock });
    simulator.faults.add({ route: 'GET /v2/groups', times: 2, fault });

    expect(await collectIds((client, skipped) => client.groups(skipped))).toEqual([12_022, 12_023, 12_024, 12_025]);
    expect(simulator.traffic.count('GET /v2/groups')).toBe(4);
  });

  it.each([
    ['an error envelope under 200', '{"status":500,"code":7,"message":"Oops","errors":["database"]}', 'Oops; database'],
    ['no data', '{"status":200,"code":0}', 'an envelope of success with "data"'],
    ['data that is null', '{"status":200,"code":0,"data":null}', 'an envelope of success with "data"'],
    ['data that is no list', '{"status":200,"code":0,"data":{}}', 'a list "data"'],
  ])('takes %s for an error, never for an empty list', async (_name, body, words) => {
    simulator = await startSimulator('aquasec', { clock });
    simulator.faults.add({ route: 'GET /v2/groups', fault: { kind: 'body', body } });

    await expect(collectIds((client, skipped) => client.groups(skipped))).rejects.toThrow(words);
  });

  it('fails when a later page fails for good: a partial list is no list', async () => {
    simulator = await startSimulator('aquasec', { groups: 250, clock });
    simulator.faults.add({
      route: ({ query }) => query['offset'] === '200',
      fault: { kind: 'status', status: 403, body: { message: 'Forbidden' } },
    });

    const reading = collectIds((client, skipped) => client.groups(skipped));

    await expect(reading).rejects.toBeInstanceOf(HttpStatusError);
    await expect(reading).rejects.toMatchObject({ status: 403, vendorMessage: 'Forbidden' });
  });

  it('skips and counts records without an id', async () => {
    simulator = await startSimulator('aquasec', { clock });
    const body = JSON.stringify({ status: 200, code: 0, data: [{ id: 1 }, { name: 'x' }, 'text', null, { id: '2' }] });
    simulator.faults.add({ route: 'GET /v2/groups', fault: { kind: 'body', body } });
    const skipped = new SkipReport(createMockIntegrationLogger(), 'groups');

    const ids = await collectIds((client) => client.groups(skipped));

    expect(ids).toEqual([1]);
    expect(skipped.total).toBe(4);
  });

  it('says how far the clocks are apart when it is refused', async () => {
    simulator = await startSimulator('aquasec', { clock, clockOffsetMs: 3_600_000 });

    await expect(withClient((client) => client.account())).rejects.toMatchObject({
      status: 403,
      clockDifferenceMs: 3_600_000,
      vendorMessage: expect.stringContaining('Access denied') as string,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });
});

/** The ids of all records of a list, in order, in virtual time. */
async function collectIds(
  list: (client: AquasecClient, skipped: SkipReport) => AsyncIterable<readonly { id: number }[]>,
): Promise<number[]> {
  const skipped = new SkipReport(createMockIntegrationLogger(), 'records');
  return withClient(async (client) => {
    const ids: number[] = [];
    for await (const page of list(client, skipped)) ids.push(...page.map(({ id }) => id));
    return ids;
  });
}

async function withClient<T>(work: (client: AquasecClient) => Promise<T>): Promise<T> {
  const { apiBaseUrl = '', apiKey = '', apiSecret = '', accountId = '' } = simulator.credentials['default'] ?? {};
  const client = new AquasecClient({ apiBaseUrl, apiKey, apiSecret, accountId, clock, random: () => 0.5 });
  try {
    return await runInVirtualTime(clock, () => work(client));
  } finally {
    await client.close();
  }
}
