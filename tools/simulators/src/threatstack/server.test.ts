import { client as hawk } from 'hawk';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitOptions, Simulator } from '../kit/simulator.js';
import { threatstack } from './definition.js';
import type { ThreatStackOptions } from './definition.js';
import { SignedClient } from './signed-client.fixture.js';
import type { Signing } from './signed-client.fixture.js';

const START = Date.UTC(2024, 5, 1, 12, 0, 0);
const SMALL = { agents: 5, offlineAgents: 2, cves: 3, oddities: false };
const AGENTS = '/v2/agents?status=online';

describe('the Threat Stack simulator', () => {
  let simulator: Simulator;
  let client: SignedClient;
  let now: number;

  async function start(options: Partial<ThreatStackOptions> & KitOptions = {}): Promise<void> {
    now = START;
    const clock = { now: () => now };
    simulator = await threatstack.start({ ...SMALL, clock, ...options });
    client = new SignedClient(simulator, clock);
  }

  afterEach(async () => {
    await client.close();
    await simulator.close();
  });

  it.each(['pageSize', 'rateWindowMs', 'skewSeconds'])('does not start with a %s of 0', async (name) => {
    await start();

    await expect(threatstack.start({ [name]: 0 })).rejects.toThrow(
      `threatstack simulator option "${name}": at least 1.`,
    );
  });

  describe('signatures', () => {
    it('are accepted when they are right', async () => {
      await start();

      const answer = await client.get(AGENTS);

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(simulator.traffic.unauthorized).toBe(0);
    });

    it('are over the path with its prefix', async () => {
      await start({ pathPrefix: '/gateway' });

      expect((await client.get(AGENTS)).status).toBe(200);
    });

    it.each<[string, Signing, string]>([
      ['an unknown user', { userId: 'nobody' }, 'Unknown credentials'],
      ['another key', { key: 'wrong' }, 'Bad mac'],
      ['another path', { signedPath: '/v2/alerts' }, 'Bad mac'],
      ['another query', { signedPath: '/v2/agents?status=offline' }, 'Bad mac'],
      ['an old timestamp', { timestamp: START / 1_000 - 62 }, 'Stale timestamp'],
      ['a timestamp of the future', { timestamp: START / 1_000 + 62 }, 'Stale timestamp'],
      ['a wrong key and an old timestamp', { key: 'wrong', timestamp: 1 }, 'Bad mac'],
    ])('for %s are refused', async (_what, signing, reason) => {
      await start();

      const answer = await client.get(AGENTS, signing);

      expect(answer.status).toBe(401);
      expect(answer.json()).toEqual({ errors: [reason] });
      expect(answer.headers['www-authenticate']).toContain(`error="${reason}"`);
      expect(simulator.traffic.refusals).toEqual({ [reason]: 1 });
    });

    it.each([
      ['none', {}, 401, 'Hawk'],
      ['another scheme', { authorization: 'Bearer x' }, 401, 'Hawk'],
      ['an incomplete header', { authorization: 'Hawk id="a"' }, 400, undefined],
      ['an unknown attribute', { authorization: 'Hawk id="a", colour="red"' }, 400, undefined],
      ['an overlong header', { authorization: `Hawk id="${'a'.repeat(4_100)}"` }, 400, undefined],
    ])('that are missing or malformed (%s) are told so', async (_what, headers, status, challenge) => {
      await start();

      const answer = await client.send(AGENTS, headers);

      expect(answer.status).toBe(status);
      expect(answer.headers['www-authenticate']).toBe(challenge);
      expect(answer.json()).toEqual({ errors: [expect.any(String)] });
      expect(simulator.traffic.unauthorized).toBe(1);
    });

    it('may be up to a minute old', async () => {
      await start();

      const statuses = [];
      for (const seconds of [-59, 59]) {
        statuses.push((await client.get(AGENTS, { timestamp: START / 1_000 + seconds })).status);
      }

      expect(statuses).toEqual([200, 200]);
    });

    it('are good for one request only, for two minutes, whatever the organization', async () => {
      await start({ skewSeconds: 3_600 });
      const signing = { nonce: 'once', timestamp: START / 1_000 };

      const first = await client.get(AGENTS, signing);
      const again = await client.get('/v2/agents?status=offline', signing);
      now += 119_999;
      const later = await client.get(AGENTS, signing);
      now += 1;
      const muchLater = await client.get(AGENTS, signing);

      expect([first, again, later, muchLater].map(({ status }) => status)).toEqual([200, 401, 401, 200]);
      expect(again.json()).toEqual({ errors: ['Invalid nonce'] });
    });

    it("that are stale are answered with the simulator's time, signed with the user's key", async () => {
      await start({ clockOffsetMs: 3_600_000 });
      const { artifacts } = client.header(AGENTS);
      const credentials = { id: 'x', key: threatstack.defaults.apiKey, algorithm: 'sha256' as const };

      const { headers } = await client.get(AGENTS);
      const time = hawk.authenticate({ headers } as never, credentials, artifacts) as unknown as {
        headers: { 'www-authenticate': { ts: string } };
      };
      const corrected = await client.get(AGENTS, { timestamp: Number(time.headers['www-authenticate'].ts) });

      // The library runs on the system clock, which goes on while the request is on its way.
      expect(Number(time.headers['www-authenticate'].ts) - START / 1_000 - 3_600).toBeLessThan(2);
      expect(headers['date']).toBe('Sat, 01 Jun 2024 13:00:00 GMT');
      expect(corrected.status).toBe(200);
    });

    it('that are stale are answered without a time on request', async () => {
      await start({ staleTimestampHint: false });

      const { headers } = await client.get(AGENTS, { timestamp: 1 });

      expect(headers['www-authenticate']).toBe('Hawk error="Stale timestamp"');
    });

    it('are on every answer of 200, and can be left out', async () => {
      await start();
      const credentials = { id: 'x', key: threatstack.defaults.apiKey, algorithm: 'sha256' as const };
      const { header, artifacts } = client.header(AGENTS);

      const { text, headers } = await client.send(AGENTS, { authorization: header });
      const verified = () =>
        hawk.authenticate({ headers } as never, credentials, artifacts, { payload: text, required: true });

      expect(verified).not.toThrow();
      expect(() => hawk.authenticate({ headers } as never, credentials, artifacts, { payload: `${text} ` })).toThrow(
        'Bad response payload mac',
      );
      await simulator.close();
      await client.close();
      await start({ serverAuthorization: false });
      expect((await client.get(AGENTS)).headers['server-authorization']).toBeUndefined();
    });

    it('with a key of special characters work as well', async () => {
      const apiKey = '$HOME "quoted" + / = \\ é';
      await start({ apiKey });

      expect(simulator.credentials['default']?.['apiKey']).toBe(apiKey);
      expect((await client.get(AGENTS)).status).toBe(200);
    });
  });

  describe('organizations', () => {
    it.each(Object.keys({ default: 0, 'second-organization': 0 }))('are open to their members (%s)', async (kind) => {
      await start();
      const { orgId = '', userId = '' } = simulator.credentials[kind] ?? {};

      expect((await client.get(AGENTS, { orgId, userId })).status).toBe(200);
    });

    it.each([
      ['of nobody', { orgId: 'ffffffffffffffffffffffff' }],
      ['that are not named', { orgId: '' }],
      ['that the user has left', { userId: '5a1c2d3e4f5a6b7c8d9e0f22' }],
    ])('%s are closed', async (_what, signing) => {
      await start();

      const answer = await client.get(AGENTS, signing);

      expect(answer.status).toBe(403);
      expect(answer.json()).toEqual({ errors: ['The user has no access to this organization.'] });
      expect(answer.headers['x-rate-limit-limit']).toBeUndefined();
    });

    it('do not matter to the self-test, which only checks the signature', async () => {
      await start();

      const stranger = await client.get('/help/hawk/self-test', { orgId: '' });
      const impostor = await client.get('/help/hawk/self-test', { key: 'wrong' });

      expect(stranger.status).toBe(200);
      expect(stranger.json()).toEqual({ status: 'ok' });
      expect(stranger.headers['server-authorization']).toMatch(/^Hawk mac="/);
      expect(impostor.status).toBe(401);
    });

    it('have data of their own', async () => {
      await start();
      const { orgId = '' } = simulator.credentials['second-organization'] ?? {};

      const mine = await client.all<{ id: string }>(AGENTS, 'agents');
      const theirs = await client.all<{ id: string }>(AGENTS, 'agents', { orgId });

      expect(theirs).toHaveLength(5);
      expect(mine.map(({ id }) => id).filter((id) => theirs.some((agent) => agent.id === id))).toEqual([]);
    });
  });

  describe('the rate limit', () => {
    const limited = { rateLimit: 3, rateWindowMs: 2_000 };

    async function figures(path = AGENTS, signing: Signing = {}): Promise<unknown[]> {
      const { status, headers } = await client.get(path, signing);
      return [status, headers['x-rate-limit-limit'], headers['x-rate-limit-remaining'], headers['x-rate-limit-reset']];
    }

    it('counts in fixed windows from the first request on and tells the rest', async () => {
      await start(limited);

      const first = await figures();
      now += 500;
      const second = await figures();
      const third = await figures();
      now += 1_499;
      const fourth = await figures();
      now += 1;
      const fifth = await figures();
      now += 4_500;
      const muchLater = await figures();

      expect([first, second, third, fourth, fifth, muchLater]).toEqual([
        [200, '3', '2', '2000'],
        [200, '3', '1', '1500'],
        [200, '3', '0', '1500'],
        [429, '3', '0', '1'],
        [200, '3', '2', '2000'],
        [200, '3', '2', '1500'],
      ]);
    });

    it('is 200 a minute unless told otherwise', async () => {
      await start();

      expect(await figures()).toEqual([200, '200', '199', '60000']);
    });

    it('answers in plain text beyond it', async () => {
      await start({ rateLimit: 1 });
      await client.get(AGENTS);

      const answer = await client.get(AGENTS);

      expect(answer.status).toBe(429);
      expect(answer.headers['content-type']).toBe('text/plain');
      expect(answer.headers['retry-after']).toBeUndefined();
      expect(answer.text).toBe('Too Many Requests');
    });

    it('counts errors, but neither refused requests nor self-tests', async () => {
      await start(limited);

      await figures(AGENTS, { key: 'wrong' });
      await figures('/help/hawk/self-test');
      const unknown = await figures('/v2/nothing');
      const invalid = await figures('/v2/agents');

      expect(unknown).toEqual([404, '3', '2', '2000']);
      expect(invalid).toEqual([400, '3', '1', '2000']);
    });

    it('is one for each organization', async () => {
      await start({ rateLimit: 1 });
      const { orgId = '' } = simulator.credentials['second-organization'] ?? {};

      await figures();

      expect(await figures(AGENTS, { orgId })).toEqual([200, '1', '0', '60000']);
    });

    it('can be switched off', async () => {
      await start({ rateLimit: 0 });

      expect(await figures()).toEqual([200, undefined, undefined, undefined]);
    });
  });

  describe('errors', () => {
    it.each([
      ['GET', '/v2/agents', 400, 'Validation failed: query has invalid status value.'],
      ['GET', '/v2/agents?status=both', 400, 'Validation failed: query has invalid status value.'],
      ['GET', '/v2/agents?status=online&status=offline', 400, 'Validation failed: query has invalid status value.'],
      ['GET', '/v2/agents?status=online&type=x', 400, 'Validation failed: query has invalid type value.'],
      ['GET', '/v2/agents?status=online&from=yesterday', 400, 'Validation failed: query has invalid from value.'],
      ['GET', '/v2/agents?status=online&from=2022-13-01', 400, 'Validation failed: query has invalid from value.'],
      [
        'GET',
        '/v2/agents?status=online&from=2022-02-02&until=2022-02-01',
        400,
        'Validation failed: query has invalid until value.',
      ],
      ['GET', '/v2/agents?status=online&token=x', 400, 'Validation failed: query has invalid token value.'],
      ['GET', '/v2/vulnerabilities?status=open', 400, 'Validation failed: query has invalid status value.'],
      ['GET', '/v2/vulnerabilities?severity=critical', 400, 'Validation failed: query has invalid severity value.'],
      ['GET', '/v2/alerts?severity=4', 400, 'Validation failed: query has invalid severity value.'],
      ['GET', '/v2/alerts?status=open', 400, 'Validation failed: query has invalid status value.'],
      ['GET', '/v2/aws/ec2?monitored=no', 400, 'Validation failed: query has invalid monitored value.'],
      ['GET', '/v2/agents/nobody', 404, 'Agent not found.'],
      ['GET', '/v2/vulnerabilities/CVE-1999-0001/servers', 404, 'No servers found.'],
      ['GET', '/v2/nothing', 404, 'Not found.'],
      ['GET', '/v1/agents', 404, 'Not found.'],
      ['POST', '/v2/agents?status=online', 405, 'Method not allowed.'],
      ['DELETE', '/v2/agents/x', 405, 'Method not allowed.'],
    ] as const)('%s %s is answered %d', async (method, path, status, message) => {
      await start();

      const answer = await client.get(path, { method });

      expect(answer.status).toBe(status);
      expect(answer.json()).toEqual({ errors: [message] });
      expect(answer.headers['server-authorization']).toBeUndefined();
    });

    it('on unknown paths need a signature first', async () => {
      await start();

      expect((await client.send('/v2/nothing', {})).status).toBe(401);
    });
  });

  describe('pages', () => {
    it('have tokens that need encoding, or not', async () => {
      await start({ pageSize: 2 });
      const [page] = await client.pages(AGENTS);
      await simulator.close();
      await client.close();
      await start({ pageSize: 2, tokenAlphabet: 'base64url' });
      const [plain] = await client.pages(AGENTS);

      expect(page?.['token']).toMatch(/^\+\/\+\/.{22}==$/);
      expect(plain?.['token']).toMatch(/^[\w-]{26}$/);
    });

    it('accept a token for the listing and the filters that it was made for, in any order', async () => {
      await start({ pageSize: 2 });
      const [page] = await client.pages('/v2/agents?status=online&type=investigate');
      const token = encodeURIComponent(String(page?.['token']));
      const { orgId = '' } = simulator.credentials['second-organization'] ?? {};

      const statuses = [];
      for (const [path, signing] of [
        [`/v2/agents?status=online&type=investigate&token=${token}`, {}],
        [`/v2/agents?token=${token}&type=investigate&status=online`, {}],
        [`/v2/agents?status=online&token=${token}`, {}],
        [`/v2/agents?status=offline&type=investigate&token=${token}`, {}],
        [`/v2/vulnerabilities?token=${token}`, {}],
        [`/v2/agents?status=online&type=investigate&token=${token}`, { orgId }],
        [`/v2/agents?status=online&type=investigate&token=${token.slice(0, -7)}`, {}],
      ] as const) {
        statuses.push((await client.get(path, signing)).status);
      }

      expect(statuses).toEqual([200, 200, 400, 400, 400, 400, 400]);
    });

    it.each([
      ['null', { token: null }],
      ['empty', { token: '' }],
      ['absent', {}],
    ])('end with a token that is %s', async (finalToken, end) => {
      await start({ finalToken, pageSize: 3 });

      const pages = await client.pages(AGENTS);

      expect(pages).toHaveLength(2);
      expect(pages[1]).toEqual({ agents: expect.any(Array) as unknown[], ...end });
    });

    it('can call the token by its other name', async () => {
      await start({ tokenKey: 'paginationToken', pageSize: 3 });

      const pages = await client.pages(AGENTS);

      expect(pages.map((page) => Object.keys(page))).toEqual([
        ['agents', 'paginationToken'],
        ['agents', 'paginationToken'],
      ]);
    });

    it.each([
      [0, [0]],
      [1, [1]],
      [99, [99]],
      [100, [100]],
      [101, [100, 1]],
      [200, [100, 100]],
    ])('of 100: %d agents come as %j', async (agents, sizes) => {
      await start({ agents });

      const pages = await client.pages(AGENTS);

      expect(pages.map((page) => (page['agents'] as unknown[]).length)).toEqual(sizes);
    });

    it('start over with an empty token', async () => {
      await start();

      expect((await client.get(`${AGENTS}&token=`)).status).toBe(200);
    });
  });
});
