import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { spawnSimulator, type SpawnedSimulator } from '@vendor-graph/simulators';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboardServer } from '../src/dashboard/dashboard-server.js';
import { openQueue, type FleetQueue } from '../src/queue/fleet-queue.js';
import { lastResults, type LastResult } from '../src/queue/last-results.js';
import { Fleet } from './support/fleet.js';
import { secretsIn } from './support/forms-of.js';
import { JupiterOne } from './support/jupiterone.js';
import { RedisServer } from './support/redis-server.js';
import { until } from './support/until.js';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CANARIES = {
  vendor: 'canary-1-$vendor-"k"+/=&<x>',
  refused: 'canary-2-$refused-"k"+/=&<x>',
  vault: 'canary-3-$vault-"k"+/=&<x>',
  jupiterone: 'canary-4-$J1-"k"+/=&<x>',
  refusedTarget: 'canary-5-$target-"k"+/=&<x>',
};
const SECRETS = Object.values(CANARIES);
/** The accounts, and how their run ends. */
const OUTCOMES = {
  good: 'success',
  'key-is-refused': 'credentials',
  'vendor-repeats-key': 'credentials',
  'vault-fails': 'network',
  'target-refuses-key': 'credentials',
};

describe('secrets of a fleet', { timeout: 120_000 }, () => {
  let redis: RedisServer;
  let connection: Redis;
  let queue: FleetQueue;
  let vendor: SpawnedSimulator;
  let echo: SpawnedSimulator;
  let jupiterone: JupiterOne;
  let fleet: Fleet;
  let dashboard: FastifyInstance;
  let browser: BrowserContext;
  let results: ReadonlyMap<string, LastResult>;

  beforeAll(async () => {
    [redis, vendor, echo, jupiterone] = await Promise.all([
      RedisServer.start(),
      spawnSimulator('threatstack', { apiKey: CANARIES.vendor, agents: 2, cves: 1, alerts: 1, oddities: false }),
      spawnSimulator('threatstack', { apiKey: CANARIES.vendor }),
      JupiterOne.start(CANARIES.jupiterone),
    ]);
    connection = new Redis(redis.url);
    queue = openQueue(connection);
    await letEchoRepeat(CANARIES.vendor);
    fleet = new Fleet({
      VENDOR_GRAPH_REDIS_URL: redis.url,
      VENDOR_KEY: CANARIES.vendor,
      J1_KEY: CANARIES.jupiterone,
      J1_WRONG_KEY: CANARIES.refusedTarget,
    });
    writeAccounts();
    const worker = await fleet.worker(['--log-format', 'json', '--concurrency', '2']);
    await fleet.run(['run', ...Object.keys(OUTCOMES), '--accounts', fleet.accountsFile]);
    await until('every account has a result', async () => {
      results = await lastResults(connection);
      return results.size === Object.keys(OUTCOMES).length;
    });
    worker.child.kill('SIGTERM');
    await worker.ended;
    dashboard = await dashboardServer(queue, undefined);
    await dashboard.listen({ host: '127.0.0.1', port: 0 });
    browser = await chromium.launchPersistentContext(mkdtempSync(join(fleet.folder, 'profile-')), {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
    });
  });
  afterAll(async () => {
    await browser.close();
    await dashboard.close();
    await fleet.close();
    await queue.close();
    connection.disconnect();
    await Promise.all([vendor.close(), echo.close(), jupiterone.close(), redis.close()]);
  });

  /** The vendor that repeats the key in its answer. */
  async function letEchoRepeat(key: string): Promise<void> {
    await fetch(`${echo.baseUrl}/__simulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        route: '*',
        fault: { kind: 'status', status: 403, body: { errors: [`not with ${key}`] } },
      }),
    });
  }

  function writeAccounts(): void {
    const keyFile = join(fleet.folder, 'key');
    writeFileSync(keyFile, `${CANARIES.refused}\n`);
    const vault = join(fleet.folder, 'vault.mjs');
    writeFileSync(
      vault,
      `console.log(${JSON.stringify(CANARIES.vault)}); console.error(${JSON.stringify(CANARIES.vault)}); process.exit(3);`,
    );
    const fields = vendor.credentials['default'] ?? {};
    const account = (name: string, apiKey: object, at: SpawnedSimulator, target = 'main'): object => ({
      name,
      vendor: 'threatstack',
      instanceId: `instance-of-${name}`,
      target,
      config: { apiBaseUrl: at.baseUrl, orgName: fields['orgName'], orgId: fields['orgId'], userId: fields['userId'] },
      secrets: { apiKey },
    });
    const target = { account: 'simulated-account', apiBaseUrl: jupiterone.baseUrl };
    fleet.write({
      defaults: { retry: { attempts: 1 } },
      targets: {
        main: { ...target, apiKey: { env: 'J1_KEY' } },
        wrong: { ...target, apiKey: { env: 'J1_WRONG_KEY' } },
      },
      accounts: [
        account('good', { env: 'VENDOR_KEY' }, vendor),
        account('key-is-refused', { file: keyFile }, vendor),
        account('vendor-repeats-key', { env: 'VENDOR_KEY' }, echo),
        account('vault-fails', { command: [process.execPath, vault] }, vendor),
        account('target-refuses-key', { env: 'VENDOR_KEY' }, vendor, 'wrong'),
      ],
    });
  }

  it('lets runs end in all the ways in which a secret could slip out', () => {
    expect(Object.fromEntries([...results].map(([name, { status, cause }]) => [name, cause ?? status]))).toEqual(
      OUTCOMES,
    );
    expect(results.get('vendor-repeats-key')?.error).toContain('[REDACTED]');
  });

  it('leaves none in Redis, on disk or in memory', async () => {
    const dump = await redis.dump();
    const jobs = await queue.getJobs();

    expect(dump).toContain('vendor-repeats-key');
    expect(jobs).toHaveLength(Object.keys(OUTCOMES).length);
    expect(jobs.map(({ data }) => Object.keys(data))).toEqual(jobs.map(() => ['account']));
    expect(secretsIn(dump, SECRETS)).toEqual([]);
    expect(secretsIn(JSON.stringify(jobs.map((job) => job.toJSON())), SECRETS)).toEqual([]);
  });

  it.each([['as a table'], ['as JSON', '--json']])('shows none in the status %s', async (_how, ...flags) => {
    const { stdout, stderr } = await fleet.run(['status', ...flags]);

    expect(stdout).toContain('vendor-repeats-key');
    expect(secretsIn(stdout + stderr, SECRETS)).toEqual([]);
  });

  it('logs none', () => {
    expect(fleet.log()).toContain('"account":"vendor-repeats-key"');
    expect(secretsIn(fleet.log(), SECRETS)).toEqual([]);
  });

  it('shows none on the pages of the dashboard', async () => {
    const { port } = dashboard.server.address() as AddressInfo;
    const page = await browser.newPage();
    const received: Promise<string>[] = [];
    page.on('response', (response) => received.push(response.text().catch(() => '')));
    const failed = (await queue.getFailed()).find(({ name }) => name === 'vendor-repeats-key');
    const places = [
      ['/', 'fleet'],
      ['/queue/fleet?status=completed', 'good'],
      ['/queue/fleet?status=failed', 'vendor-repeats-key'],
      [`/queue/fleet/${failed?.id ?? ''}?status=failed`, 'REDACTED'],
    ] as const;

    const shown: string[] = [];
    for (const [path, word] of places) {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      await page.getByText(word).first().waitFor();
      shown.push(await page.content(), await page.locator('body').innerText());
    }

    const texts = [...shown, ...(await Promise.all(received))];
    expect(texts.some((text) => text.includes('not with [REDACTED]'))).toBe(true);
    expect(texts.filter((text) => secretsIn(text, SECRETS).length > 0)).toEqual([]);
  });

  it('changes nothing on the dashboard', async () => {
    const { port } = dashboard.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/queues/fleet/retry/failed`, { method: 'PUT' });

    expect(answer.ok).toBe(false);
    expect(await queue.getFailedCount()).toBe(4);
  });

  it('lets nobody in without the password where there is one, nor by another name on loopback', async () => {
    const guarded = await dashboardServer(queue, { user: 'fleet', password: 'long-enough-password' });
    const basic = (text: string): { authorization: string } => ({
      authorization: `Basic ${Buffer.from(text).toString('base64')}`,
    });

    expect((await guarded.inject({ url: '/' })).statusCode).toBe(401);
    expect((await guarded.inject({ url: '/api/queues' })).statusCode).toBe(401);
    expect((await guarded.inject({ url: '/', headers: basic('fleet:wrong') })).statusCode).toBe(401);
    expect((await guarded.inject({ url: '/', headers: basic('fleet:long-enough-password') })).statusCode).toBe(200);
    expect((await dashboard.inject({ url: '/', headers: { host: 'rebound.example' } })).statusCode).toBe(403);
    await guarded.close();
  });
});
