import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueue, type FleetQueue } from '../src/queue/fleet-queue.js';
import { lastResults } from '../src/queue/last-results.js';
import type { FleetStatus } from '../src/status/fleet-status.js';
import { Fleet } from './support/fleet.js';
import { JupiterOne } from './support/jupiterone.js';
import { RedisServer } from './support/redis-server.js';
import { simulatedTarget, SimulatedVendors, VENDORS } from './support/simulated-accounts.js';
import { until } from './support/until.js';

/** `npx nx run fleet:scale-test` takes many more. */
const ACCOUNTS = Number(process.env['FLEET_SCALE_ACCOUNTS'] ?? 8);
const WORKERS = Number(process.env['FLEET_SCALE_WORKERS'] ?? 3);
const CONCURRENCY = process.env['FLEET_SCALE_CONCURRENCY'] ?? '1';
const LONGEST_MS = 120_000 + ACCOUNTS * 30_000;

describe(`${ACCOUNTS} accounts of all vendors and ${WORKERS} workers`, { timeout: LONGEST_MS }, () => {
  let redis: RedisServer;
  let jupiterone: JupiterOne;
  let vendors: SimulatedVendors;
  let fleet: Fleet;
  let connection: Redis;
  let queue: FleetQueue;
  const names: string[] = [];

  beforeAll(async () => {
    [redis, jupiterone, vendors] = await Promise.all([
      RedisServer.start(),
      JupiterOne.start('simulated-key-of-jupiterone'),
      SimulatedVendors.start(),
    ]);
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    queue = openQueue(connection);
    fleet = new Fleet({ VENDOR_GRAPH_REDIS_URL: redis.url, J1_KEY: jupiterone.apiKey, ...vendors.env });
  });
  afterAll(async () => {
    await fleet.close();
    await queue.close();
    connection.disconnect();
    await Promise.all([vendors.close(), jupiterone.close(), redis.close()]);
  });

  it('collects and uploads each account exactly once, and none twice at a time', async () => {
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => {
      const vendor = VENDORS[index % VENDORS.length] ?? 'runzero';
      const name = `${vendor}-${index}`;
      names.push(name);
      return vendors.account(vendor, name);
    });
    fleet.write({
      defaults: { target: 'main', schedule: { cron: '0 0 1 1 *' } },
      targets: simulatedTarget(jupiterone),
      accounts,
    });

    const applied = await fleet.json<{ create: unknown[] }>(['apply', '--accounts', fleet.accountsFile]);
    expect(applied.create).toHaveLength(ACCOUNTS);
    await Promise.all(
      Array.from({ length: WORKERS }, () => fleet.worker(['--concurrency', CONCURRENCY, '--log-format', 'json'])),
    );
    const startedAt = performance.now();
    // All schedules come due now, and then not for a year.
    await queue.promoteJobs();
    await until(
      'every account has a result',
      async () => (await lastResults(connection)).size === ACCOUNTS && (await queue.getActiveCount()) === 0,
      LONGEST_MS,
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const status = await fleet.json<FleetStatus>(['status']);

    const uploads = await jupiterone.uploads();
    const finished = uploads.filter((upload) => upload.status === 'FINISHED');
    expect(status.accounts.map(({ account, last }) => [account, last?.status])).toEqual(
      [...names].sort().map((name) => [name, 'success']),
    );
    expect(uploads).toHaveLength(ACCOUNTS);
    expect(finished.map(({ integrationInstanceId }) => integrationInstanceId).sort()).toEqual(
      names.map((name) => `instance-of-${name}`).sort(),
    );
    // The union: of each account what its own run collected, and accounts of one vendor are alike.
    for (const { account, last } of status.accounts) {
      const held = await jupiterone.held(`instance-of-${account}`);
      const objects = (last?.result?.entities ?? 0) + (last?.result?.relationships ?? 0);
      expect([account, held.length]).toEqual([account, objects]);
      expect(held.length).toBeGreaterThan(5);
    }
    expect(mostAtATime(fleet.log())).toBe(1);
    if (process.env['FLEET_SCALE_ACCOUNTS'] !== undefined)
      process.stderr.write(`${ACCOUNTS} accounts, ${WORKERS} workers: ${seconds.toFixed(0)} s\n`);
  });
});

/** How often one account was run at the same time, at most. */
function mostAtATime(log: string): number {
  const lines = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { time: string; message: string; account?: string })
    .sort((a, b) => a.time.localeCompare(b.time));
  const running = new Map<string, number>();
  let most = 0;
  for (const { message, account = '' } of lines) {
    if (message === 'begins') running.set(account, (running.get(account) ?? 0) + 1);
    if (message.startsWith('ends')) running.set(account, (running.get(account) ?? 0) - 1);
    most = Math.max(most, ...running.values());
  }
  return most;
}
