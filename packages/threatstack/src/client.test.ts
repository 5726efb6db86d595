import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { SkipReport } from '@vendor-graph/integration';
import { startSimulator, type Fault, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreatStackClient, type ThreatStackClientOptions } from './client.js';

let simulator: Simulator;
const clients: ThreatStackClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await simulator.close();
});

describe('paging', () => {
  it.each([
    { finalToken: 'null' },
    { finalToken: 'empty' },
    { finalToken: 'absent' },
    { finalToken: 'empty', tokenKey: 'paginationToken' },
    { tokenAlphabet: 'base64' },
    { tokenAlphabet: 'base64url' },
    { pageSize: 10 },
    { pageSize: 1_000 },
  ])('reads a list to its end with %j', async (options) => {
    simulator = await startSimulator('threatstack', { agents: 205, oddities: false, ...options });

    const ids = await agentIds(newClient());

    expect(new Set(ids).size).toBe(205);
    expect(ids).toHaveLength(205);
  });

  it('sends the filters again with each token', async () => {
    simulator = await startSimulator('threatstack', { agents: 201, oddities: false });

    await agentIds(newClient());

    expect(simulator.traffic.requests.map(({ query }) => [query['status'], 'token' in query])).toEqual([
      ['online', false],
      ['online', true],
      ['online', true],
    ]);
  });

  it.each([400, 404])('starts once more from the beginning when a token is refused with %d', async (status) => {
    simulator = await startSimulator('threatstack', { agents: 250, oddities: false });
    simulator.faults.add({
      route: /token=/,
      skip: 1,
      times: 1,
      fault: { kind: 'status', status, body: { errors: ['token'] } },
    });

    const ids = await agentIds(newClient());

    expect(new Set(ids).size).toBe(250);
    expect(simulator.traffic.count()).toBe(3 + 3);
  });

  it('gives up when a token is refused a second time', async () => {
    simulator = await startSimulator('threatstack', { agents: 250, oddities: false });
    simulator.faults.add({ route: /token=/, fault: { kind: 'status', status: 400, body: { errors: ['bad token'] } } });

    await expect(agentIds(newClient())).rejects.toMatchObject({ status: 400, vendorMessage: 'bad token' });
    expect(simulator.traffic.count()).toBe(4);
  });

  it('stops at a token that was handed out before, and names the listing', async () => {
    simulator = await startSimulator('threatstack');
    answerPages(['a', 'again'], ['b', 'again'], ['c', 'never']);

    await expect(agentIds(newClient())).rejects.toMatchObject({
      code: 'PROVIDER_API_ERROR',
      endpoint: 'GET /v2/agents',
      message: expect.stringContaining('does not end') as string,
    });
    expect(simulator.traffic.count()).toBe(2);
  });

  it('stops at a list of agents that repeats itself under ever new tokens', async () => {
    simulator = await startSimulator('threatstack');
    answerPages(['a', 't1'], ['a', 't2'], ['a', 't3'], ['a', 't4']);

    await expect(agentIds(newClient())).rejects.toMatchObject({ code: 'PROVIDER_API_ERROR' });
    expect(simulator.traffic.count()).toBe(2);
  });

  it('does not take an empty page with a token for the end', async () => {
    simulator = await startSimulator('threatstack');
    answerPages(['a', 't1'], [undefined, 't2'], ['b', '']);

    expect(await agentIds(newClient())).toEqual(['a', 'b']);
  });

  it('reads equal pages of rows that do not name their hosts, since there is one for each host', async () => {
    simulator = await startSimulator('threatstack', {
      agents: 250,
      cves: 1,
      packagesPerCve: 1,
      serversPerCve: 250,
      oddities: false,
      embeddedAgents: 'absent',
      rowsPer: 'host',
    });

    const rows = await collect(newClient().vulnerabilities(report()));

    expect(rows).toHaveLength(250);
  });

  it('asks for no more than one page ahead when the reader stops', async () => {
    simulator = await startSimulator('threatstack', { agents: 1_000, oddities: false });

    for await (const page of newClient().agents('online', report())) {
      expect(page).toHaveLength(100);
      break;
    }

    expect(simulator.traffic.count()).toBeLessThanOrEqual(2);
  });
});

describe('answers', () => {
  it.each([
    ['an object without the list', '{}'],
    ['another list', '{"servers":[]}'],
    ['an object for the list', '{"agents":{}}'],
    ['null for the list', '{"agents":null}'],
    ['a bare list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
  ])('takes %s for an error, not for an empty list', async (_, body) => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'body', body } });

    await expect(agentIds(newClient())).rejects.toMatchObject({
      code: 'PROVIDER_API_ERROR',
      endpoint: `GET ${simulator.baseUrl}/v2/agents`,
      message: expect.stringContaining('answered 200, but not with a list "agents"') as string,
    });
  });

  it('counts records that cannot be read', async () => {
    simulator = await startSimulator('threatstack');
    const body = JSON.stringify({ agents: [{ id: 'a' }, {}, null, { id: 7 }], token: null });
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'body', body } });
    const skipped = report();

    const agents = await collect(newClient().agents('online', skipped));

    expect(agents).toEqual([{ id: 'a' }]);
    expect(skipped.total).toBe(3);
  });

  it.each([
    ['agents', (client: ThreatStackClient) => client.agents('online', report()), 'rejected'],
    ['vulnerabilities', (client: ThreatStackClient) => client.vulnerabilities(report()), 'rejected'],
    [
      'alerts',
      (client: ThreatStackClient) => client.alerts({ status: 'active', from: FROM, until: FROM }, report()),
      'rejected',
    ],
    ['EC2 instances', (client: ThreatStackClient) => client.unmonitoredInstances(report()), 'rejected'],
    [
      'vulnerabilities of an agent',
      (client: ThreatStackClient) => client.vulnerabilitiesOfAgent('a', report()),
      'empty',
    ],
    ['servers of a CVE', (client: ThreatStackClient) => client.vulnerableServers('CVE-2021-21334', report()), 'empty'],
  ] as const)('takes "not found" of %s as %s', async (_, list, expected) => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: '*', fault: { kind: 'status', status: 404, body: '<html>nothing here</html>' } });

    const outcome = await collect<unknown>(list(newClient())).then(
      (records) => (records.length === 0 ? 'empty' : 'full'),
      () => 'rejected',
    );

    expect(outcome).toBe(expected);
  });

  it('knows an agent that does not exist', async () => {
    simulator = await startSimulator('threatstack');

    expect(await newClient().agent('no/such agent?')).toBeUndefined();
    expect(simulator.traffic.requests[0]?.path).toBe('/v2/agents/no%2Fsuch%20agent%3F');
  });

  it.each([
    ['a list of errors', { errors: ['query has invalid status', 'and more'] }, 'query has invalid status; and more'],
    ['a message', { status: 'error', message: 'broken' }, 'broken'],
    ['an error', { error: 'odd' }, 'odd'],
    ['a text', 'plain words', 'plain words'],
  ])('repeats what Threat Stack says in %s', async (_, body, expected) => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'status', status: 400, body } });

    await expect(agentIds(newClient())).rejects.toMatchObject({ status: 400, vendorMessage: expected, attempts: 1 });
  });

  it('does not follow a redirect', async () => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({
      route: 'GET /v2/agents',
      fault: { kind: 'redirect', location: `${simulator.baseUrl}/v2/alerts` },
    });

    await expect(agentIds(newClient())).rejects.toMatchObject({ name: 'RedirectError', attempts: 1 });
    expect(simulator.traffic.count()).toBe(1);
  });
});

describe('signatures', () => {
  it('are accepted behind a proxy with a path of its own', async () => {
    simulator = await startSimulator('threatstack', { pathPrefix: '/gateway/threatstack' });

    await expect(newClient().checkAccess()).resolves.toBeUndefined();
    expect(simulator.baseUrl).toMatch(/\/gateway\/threatstack$/);
  });

  it.each([3_600_000, -3_600_000])(
    'follow a server clock that is %d ms off, after one refusal',
    async (clockOffsetMs) => {
      simulator = await startSimulator('threatstack', { clockOffsetMs });
      const onClockSkew = vi.fn<(offsetMs: number) => void>();
      const client = newClient({ onClockSkew });

      await client.checkAccess();
      await client.checkAccess();

      expect(onClockSkew).toHaveBeenCalledTimes(1);
      expect(Math.abs((onClockSkew.mock.calls[0]?.[0] ?? 0) - clockOffsetMs)).toBeLessThan(5_000);
      expect(simulator.traffic.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
    },
  );

  it('of answers are checked; a wrong one is told once and stops nothing', async () => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({
      route: 'GET /v2/agents',
      fault: { kind: 'headers', headers: { 'server-authorization': 'Hawk mac="d3Jvbmc=", hash="d3Jvbmc="' } },
    });
    const onUnverifiedAnswer = vi.fn();
    const client = newClient({ onUnverifiedAnswer });

    await client.checkAccess();
    await client.checkAccess();

    expect(onUnverifiedAnswer).toHaveBeenCalledTimes(1);
  });

  it('never repeat: the server takes each nonce once', async () => {
    simulator = await startSimulator('threatstack', { agents: 2_000, pageSize: 20, oddities: false });

    await agentIds(newClient());

    expect(simulator.traffic.count()).toBe(100);
    expect(simulator.traffic.unauthorized).toBe(0);
  });
});

describe('retries', () => {
  it.each<[string, Fault]>([
    ['500', { kind: 'status', status: 500, body: { errors: ['internal'] } }],
    ['502 in HTML', { kind: 'status', status: 502, body: '<html><title>Bad gateway</title></html>' }],
    ['503', { kind: 'status', status: 503 }],
    ['504', { kind: 'status', status: 504 }],
    ['a reset', { kind: 'reset' }],
    ['a reset within the answer', { kind: 'reset-after', bytes: 10 }],
    ['a body that ends early', { kind: 'cut', bytes: 10 }],
    ['truncated JSON', { kind: 'truncate', bytes: 10 }],
    [
      'a page of HTML with status 200',
      { kind: 'body', body: '<html></html>', headers: { 'content-type': 'text/html' } },
    ],
  ])('overcome %s, three times', async (_, fault) => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { agents: 120, oddities: false, clock });
    simulator.faults.add({ route: 'GET /v2/agents', times: 3, fault });

    const ids = await runInVirtualTime(clock, () => agentIds(newClient({ clock })));

    expect(new Set(ids).size).toBe(120);
    expect(simulator.traffic.count()).toBe(5);
  });

  it('end after eight attempts', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { clock });
    simulator.faults.add({
      route: 'GET /v2/agents',
      fault: { kind: 'status', status: 500, body: { errors: ['internal'] } },
    });

    await expect(runInVirtualTime(clock, () => agentIds(newClient({ clock })))).rejects.toMatchObject({
      attempts: 8,
      retriesExhausted: true,
      vendorMessage: 'internal',
    });
  });

  it('wait at most 1, 2, 4, … 30 seconds', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { clock });
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'status', status: 500 } });
    const almostOne = (): number => 0.999_999;

    await expect(runInVirtualTime(clock, () => agentIds(newClient({ clock, random: almostOne })))).rejects.toThrow();

    const times = simulator.traffic.requests.map(({ at }) => at);
    const waits = times.slice(1).map((at, i) => Math.round((at - (times[i] ?? 0)) / 1000));
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it.each([400, 401, 403, 405, 409])('are not made after a %d', async (status) => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'status', status } });

    await expect(agentIds(newClient())).rejects.toMatchObject({ status, attempts: 1 });
    expect(simulator.traffic.count()).toBe(1);
  });

  it('are two in all when a host that is checked for access refuses the connection', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack');
    const client = newClient({ clock, apiBaseUrl: 'http://127.0.0.1:1' });

    await expect(runInVirtualTime(clock, () => client.checkAccess())).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      attempts: 2,
    });
  });
});

describe('the rate limit', () => {
  it('is waited out after a 429 as long as the answer says', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { agents: 50, oddities: false, clock });
    const headers = { 'x-rate-limit-reset': '1840', 'content-type': 'text/plain' };
    simulator.faults.add({
      route: 'GET /v2/agents',
      times: 1,
      fault: { kind: 'status', status: 429, body: 'Too Many Requests', headers },
    });

    await runInVirtualTime(clock, () => agentIds(newClient({ clock, random: () => 0.5 })));

    const [first, second] = simulator.traffic.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(1_840 + 250 + 250);
  });

  it('gives up after a quarter of an hour of 429s', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { clock });
    simulator.faults.add({
      route: 'GET /v2/agents',
      fault: { kind: 'status', status: 429, body: 'Too Many Requests' },
    });
    const started = clock.now();

    await expect(runInVirtualTime(clock, () => agentIds(newClient({ clock })))).rejects.toMatchObject({
      status: 429,
      retriesExhausted: true,
    });
    expect(clock.now() - started).toBeLessThanOrEqual(15 * 60_000);
    expect(simulator.traffic.count()).toBeGreaterThanOrEqual(14);
  });

  it('is kept when others have used up part of the window', async () => {
    const clock = new VirtualClock(Date.now());
    simulator = await startSimulator('threatstack', { agents: 600, oddities: false, rateLimit: 5, clock });

    await runInVirtualTime(clock, () => agentIds(newClient({ clock })));

    expect(simulator.traffic.count()).toBe(6);
    expect(simulator.traffic.requests.map(({ status }) => status)).not.toContain(429);
  });
});

const FROM = '2026-01-01T00:00:00Z';

function newClient(options: Partial<ThreatStackClientOptions> = {}): ThreatStackClient {
  const { orgId = '', userId = '', apiKey = '' } = simulator.credentials['default'] ?? {};
  const client = new ThreatStackClient({ apiBaseUrl: simulator.baseUrl, orgId, userId, apiKey, ...options });
  clients.push(client);
  return client;
}

function report(): SkipReport {
  return new SkipReport(createMockIntegrationLogger(), 'records');
}

/** Answers the first requests for agents with these pages, each an agent (or none) and a token. */
function answerPages(...pages: [id: string | undefined, token: string][]): void {
  for (const [id, token] of pages) {
    const body = JSON.stringify({ agents: id === undefined ? [] : [{ id }], token });
    simulator.faults.add({ route: 'GET /v2/agents', times: 1, fault: { kind: 'body', body } });
  }
}

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const records: T[] = [];
  for await (const page of pages) records.push(...page);
  return records;
}

async function agentIds(client: ThreatStackClient): Promise<string[]> {
  return (await collect(client.agents('online', report()))).map(({ id }) => id);
}
