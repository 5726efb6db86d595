import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KitOptions, Simulator } from '../kit/simulator.js';
import { accountCredentials } from './credentials.js';
import { runzero } from './definition.js';
import type { RunZeroOptions } from './definition.js';

const NOW = Date.UTC(2024, 0, 15, 10, 30, 0);
type Row = Readonly<Record<string, unknown>>;

describe('the runZero simulator', () => {
  let agent: Agent;
  let simulator: Simulator;

  beforeEach(() => {
    agent = new Agent();
  });

  afterEach(async () => {
    await agent.destroy();
    await simulator.close();
  });

  async function start(options: Partial<RunZeroOptions> & KitOptions = {}): Promise<void> {
    simulator = await runzero.start({ clock: { now: () => NOW }, ...options });
  }

  async function get(path: string, key?: string, method: 'GET' | 'DELETE' = 'GET') {
    return request(`${simulator.baseUrl}${path}`, {
      method,
      dispatcher: agent,
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
  }

  async function rows(path: string, key: string): Promise<Row[]> {
    const { statusCode, body } = await get(path, key);
    expect(statusCode).toBe(200);
    return (await body.json()) as Row[];
  }

  async function lines(path: string, key: string): Promise<Row[]> {
    const { statusCode, body } = await get(path, key);
    expect(statusCode).toBe(200);
    const text = await body.text();
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Row);
  }

  async function accessToken(id: string, secret: string): Promise<Row> {
    const { body } = await request(`${simulator.baseUrl}/account/api/token`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: id,
        client_secret: secret,
      }).toString(),
    });
    return (await body.json()) as Row;
  }

  const accountKey = (): string => simulator.credentials['default']?.['accountAPIKey'] ?? '';
  const exportToken = (): string => simulator.credentials['export-token']?.['exportToken'] ?? '';
  async function organizationNamed(name: string): Promise<Row> {
    const organization = (await rows('/account/orgs', accountKey())).find((one) => one['name'] === name);
    if (organization === undefined) throw new Error(`There is no organization ${name}.`);
    return organization;
  }

  describe('keys', () => {
    it('opens nothing without a key', async () => {
      await start();

      const answer = await get('/account/orgs');

      expect(answer.statusCode).toBe(401);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-length': '135',
      });
      expect(answer.headers).not.toHaveProperty('x-api-usage-limit');
      expect(await answer.body.text()).toBe(
        '{"provided_token_type":"","possible_token_types":["organization","client"],"error":"token is undefined or invalid: API key not found"}\n',
      );
      expect(simulator.traffic.unauthorized).toBe(1);
    });

    it('opens the export API only with an export token', async () => {
      await start();

      expect((await get('/export/org/sites.json', exportToken())).statusCode).toBe(200);
      expect((await get('/account/orgs', exportToken())).statusCode).toBe(401);
      expect((await get('/org/key', exportToken())).statusCode).toBe(401);
      const refused = await get('/export/org/sites.json', 'INVALID');
      expect(await refused.body.json()).toEqual({
        provided_token_type: '',
        possible_token_types: ['export', 'organization', 'client'],
        error: 'token is undefined or invalid: invalid export token length 0',
      });
    });

    it('wants to know the organization when the account key asks for an export', async () => {
      await start();
      const demo = await organizationNamed('Demo Organization');

      expect((await get('/export/org/sites.json', accountKey())).statusCode).toBe(400);
      const sites = await rows(`/export/org/sites.json?_oid=${String(demo['id'])}`, accountKey());
      expect(new Set(sites.map((site) => site['organization_id']))).toEqual(new Set([demo['id']]));
    });

    it('opens everything with an access token of its OAuth client', async () => {
      await start();
      const { oauthClient } = accountCredentials(1);

      const { access_token: key, ...rest } = await accessToken(oauthClient.id, oauthClient.secret);

      expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3_600 });
      expect(await rows('/account/users', String(key))).toHaveLength(12);
    });

    it('refuses an OAuth client with a wrong secret', async () => {
      await start();

      expect(await accessToken(accountCredentials(1).oauthClient.id, 'wrong')).toMatchObject({ status: 401 });
    });

    it('is healthy without a key', async () => {
      await start();

      expect(await (await get('/health')).body.json()).toEqual({ status: 'ok', version: '4.0.0' });
    });

    it('changes nothing and remembers who tried', async () => {
      await start();

      expect((await get('/account/orgs/1', accountKey(), 'DELETE')).statusCode).toBe(405);
      expect(simulator.traffic.refusals).toEqual({ 'a method that writes': 1 });
    });
  });

  describe('quota', () => {
    it('counts calls with the account key and no others', async () => {
      await start({ dailyQuota: 100, usedToday: 13 });

      await (await get('/export/org/sites.json', exportToken())).body.dump();
      const answer = await get('/account/orgs', accountKey());
      const next = await get('/account/users', accountKey());

      expect(answer.headers).toMatchObject({
        'x-api-usage-limit': '100',
        'x-api-usage-remaining': '86',
        'x-api-usage-today': '14',
        'x-api-usage-total': '2054',
        'transfer-encoding': 'chunked',
      });
      expect(next.headers['x-api-usage-today']).toBe('15');
    });

    it('answers 429 without remaining calls when it is used up', async () => {
      await start({ dailyQuota: 14, usedToday: 13 });

      await (await get('/account/orgs', accountKey())).body.dump();
      const answer = await get('/account/orgs', accountKey());

      expect(answer.statusCode).toBe(429);
      expect(answer.headers).toMatchObject({ 'x-api-usage-limit': '14', 'x-api-usage-remaining': '0' });
    });
  });

  describe('generations of the console', () => {
    it('keeps the token in the organization in 2022, and has no list of them', async () => {
      await start({ console: '2022' });
      const organization = await organizationNamed('Example Org');

      expect(organization['export_token']).toBe(exportToken());
      expect((await get(`/account/orgs/${String(organization['id'])}/exportTokens`, accountKey())).statusCode).toBe(
        404,
      );
      expect(await rows('/export/org/assets.json?page_size=2', exportToken())).toHaveLength(40);
    });

    it.each(['2024', '2025'])('lists the tokens apart in %s', async (generation) => {
      await start({ console: generation });
      const organization = await organizationNamed('Example Org');
      const without = await organizationNamed('Labs without token');

      expect(organization['export_token']).toBe('');
      expect(await rows(`/account/orgs/${String(organization['id'])}/exportTokens`, accountKey())).toMatchObject([
        { token: exportToken() },
      ]);
      expect(await rows(`/account/orgs/${String(without['id'])}/exportTokens`, accountKey())).toEqual([]);
    });

    it('pages from 2025 on', async () => {
      await start({ assets: 5 });
      const seen: unknown[] = [];
      let key = '';
      do {
        const { body } = await get(
          `/export/org/assets.json?page_size=2&start_key=${encodeURIComponent(key)}&fields=id`,
          exportToken(),
        );
        const page = (await body.json()) as { assets: Row[]; next_key: string };
        expect(page.assets.length).toBeLessThanOrEqual(2);
        seen.push(...page.assets);
        key = page.next_key;
      } while (key !== '');

      expect(seen).toEqual(await lines('/export/org/assets.jsonl?fields=id', exportToken()));
    });
  });

  describe('exports', () => {
    it('streams as many assets as the counters say', async () => {
      await start();
      const organization = await organizationNamed('Example Org');
      const sites = await rows('/export/org/sites.json', exportToken());
      const answer = await get('/export/org/assets.jsonl?fields=id,site_id', exportToken());
      const assets = (await answer.body.text()).trimEnd().split('\n');

      expect(answer.headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-cache',
        'content-disposition': 'attachment; filename=assets-20240115103000-Example_Org.jsonl',
        'transfer-encoding': 'chunked',
      });
      expect(assets).toHaveLength(40);
      expect(organization['asset_count']).toBe(40);
      expect(sites.map((site) => site['asset_count'])).toEqual([14, 13, 13]);
    });

    it('has a zero-length answer for an organization without assets', async () => {
      await start({ console: '2022' });
      const empty = await organizationNamed('Nothing scanned yet');

      const answer = await get('/export/org/assets.jsonl', String(empty['export_token']));

      expect(answer.statusCode).toBe(200);
      expect(await answer.body.text()).toBe('');
    });

    it('starts to answer at once, and stops when the client leaves, however many assets there are', async () => {
      await start({ assets: 50_000_000, assetBytes: 4_096 });

      const { body } = await get('/export/org/assets.jsonl', exportToken());
      for await (const chunk of body) {
        expect((chunk as Buffer).length).toBeGreaterThan(0);
        break;
      }

      expect(simulator.traffic.count('GET /api/v1.0/export/org/assets.jsonl')).toBe(1);
    });

    it('searches', async () => {
      await start();

      const all = await lines('/export/org/assets.jsonl?fields=id,alive,eol_os', exportToken());
      const alive = await lines('/export/org/assets.jsonl?fields=id,alive,eol_os&search=alive:true', exportToken());
      const old = await lines('/export/org/assets.jsonl?fields=id,eol_os&search=os_eol:%3Cnow', exportToken());

      expect(alive).toEqual(all.filter((asset) => asset['alive'] === true));
      expect(old.map((asset) => asset['id'])).toEqual(
        all.filter(({ eol_os: end }) => Number(end) > 0 && Number(end) < NOW / 1000).map((asset) => asset['id']),
      );
      expect(await lines('/export/org/assets.jsonl?search=colour:red', exportToken())).toEqual([]);
    });

    it.each([
      ['services', 'service'],
      ['software', 'software'],
      ['vulnerabilities', 'vulnerability'],
    ])('hangs %s on the assets', async (resource, prefix) => {
      await start();
      const assets = new Set(
        (await lines('/export/org/assets.jsonl?fields=id', exportToken())).map((asset) => asset['id']),
      );

      const records = await lines(`/export/org/${resource}.jsonl`, exportToken());

      expect(records.length).toBeGreaterThan(20);
      expect(records.every((record) => assets.has(record[`${prefix}_asset_id`]))).toBe(true);
      expect(new Set(records.map((record) => record[`${prefix}_id`])).size).toBe(records.length);
      expect(await rows(`/export/org/${resource}.json`, exportToken())).toEqual(records);
    });

    it('gives a service its own id where the asset has its id', async () => {
      await start();

      const [service] = await lines('/export/org/services.jsonl', exportToken());

      expect(service?.['id']).toBe(service?.['service_id']);
      expect(service?.['id']).not.toBe(service?.['service_asset_id']);
    });

    it('sees wireless networks from the sites', async () => {
      await start({ wirelessNetworks: 2 });
      const sites = await rows('/export/org/sites.json', exportToken());

      const networks = await lines('/export/org/wireless.jsonl', exportToken());

      expect(networks.map((network) => network['site_id'])).toEqual(sites.flatMap((site) => [site['id'], site['id']]));
    });

    it('compresses only when told to', async () => {
      await start({ compression: true });
      const answer = await request(`${simulator.baseUrl}/export/org/assets.jsonl`, {
        dispatcher: agent,
        headers: { authorization: `Bearer ${exportToken()}`, 'accept-encoding': 'gzip' },
      });
      await answer.body.dump();

      expect(answer.headers['content-encoding']).toBe('gzip');
    });

    it('leaves answers as they are by default, as the real console does', async () => {
      await start();
      const answer = await request(`${simulator.baseUrl}/export/org/assets.jsonl`, {
        dispatcher: agent,
        headers: { authorization: `Bearer ${exportToken()}`, 'accept-encoding': 'gzip' },
      });
      await answer.body.dump();

      expect(answer.headers['content-encoding']).toBeUndefined();
    });
  });
});
