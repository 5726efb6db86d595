import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openQueue, type FleetQueue } from '../src/queue/fleet-queue.js';
import type { FleetStatus } from '../src/status/fleet-status.js';
import { Fleet } from './support/fleet.js';
import { JupiterOne } from './support/jupiterone.js';
import { RedisServer } from './support/redis-server.js';
import { simulatedTarget, SimulatedVendors, VENDORS } from './support/simulated-accounts.js';
import { until } from './support/until.js';

/** `npx nx run fleet:scale-test` takes many more. */
const ACCOUNTS = Number(process.env['FLEET_SCALE_ACCOUNTS'] ?? 6);
/** One run for each number; `npx nx run fleet:throughput` compares them. */
const WORKERS = (process.env['FLEET_SCALE_WORKERS'] ?? '3').split(',').map(Number);
const CONCURRENCY = process.env['FLEET_SCALE_CONCURRENCY'] ?? '1';
const VENDOR_LATENCY_MS = Number(process.env['FLEET_SCALE_LATENCY_MS'] ?? 0);
const LONGEST_MS = 120_000 + ACCOUNTS * 30_000;
const LOOK_EVERY_MS = 500;

describe(`${ACCOUNTS} accounts of all vendors`, { timeout: LONGEST_MS }, () => {
  let vendors: SimulatedVendors;
  let redis: RedisServer;
  let jupiterone: JupiterOne;
  let fleet: Fleet;
  let connection: Redis;
  let queue: FleetQueue;

  beforeAll(async () => {
    vendors = await SimulatedVendors.start(VENDORS, VENDOR_LATENCY_MS);
  });
  afterAll(async () => {
    await vendors.close();
  });
  beforeEach(async () => {
    [redis, jupiterone] = await Promise.all([RedisServer.start(), JupiterOne.start('simulated-key-of-jupiterone')]);
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    queue = openQueue(connection);
    fleet = new Fleet({ VENDOR_GRAPH_REDIS_URL: redis.url, J1_KEY: jupiterone.apiKey, ...vendors.env });
  });
  afterEach(async () => {
    await fleet.close();
    await queue.close();
    connection.disconnect();
    await Promise.all([jupiterone.close(), redis.close()]);
  });

  it.each(WORKERS)('%d workers collect and upload each exactly once, and none twice at a time', async (workers) => {
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => {
      const vendor = VENDORS[index % VENDORS.length] ?? 'runzero';
      return vendors.account(vendor, `${vendor}-${index}`);
    });
    const names = accounts.map(({ name }) => name).sort();
    fleet.write({
      defaults: { target: 'main', schedule: { cron: '0 0 1 1 *' } },
      targets: simulatedTarget(jupiterone),
      accounts,
    });
    const applied = await fleet.json<{ create: unknown[] }>(['apply', '--accounts', fleet.accountsFile]);
    expect(applied.create).toHaveLength(ACCOUNTS);
    await Promise.all(
      Array.from({ length: workers }, () => fleet.worker(['--concurrency', CONCURRENCY, '--log-format', 'json'])),
    );

    const startedAt = performance.now();
    // All schedules come due now, and then not for a year.
    await queue.promoteJobs();
    await until(
      'every job has ended',
      async () => {
        const counts = await queue.getJobCounts('completed', 'failed');
        return (counts['completed'] ?? 0) + (counts['failed'] ?? 0) >= ACCOUNTS;
      },
      LONGEST_MS,
      LOOK_EVERY_MS,
    );
    if (process.env['FLEET_SCALE_ACCOUNTS'] !== undefined)
      tell(workers, (performance.now() - startedAt) / 1_000, await redis.memory());

    const [status, uploads] = [await fleet.json<FleetStatus>(['status']), await jupiterone.uploads()];
    expect(status.accounts.map(({ account, last }) => [account, last?.status])).toEqual(
      names.map((name) => [name, 'success']),
    );
    expect(uploads.map((upload) => [upload.integrationInstanceId ?? '', upload.status]).sort()).toEqual(
      names.map((name) => [`instance-of-${name}`, 'FINISHED']),
    );
    // The union: of each account what its own run collected.
    for (const { account, last } of status.accounts) {
      const held = await jupiterone.held(`instance-of-${account}`);
      const objects = (last?.result?.entities ?? 0) + (last?.result?.relationships ?? 0);
      expect([account, held.length]).toEqual([account, objects]);
      expect(held.length).toBeGreaterThan(5);
    }
    expect(mostAtATime(fleet.log())).toBe(1);
  });
});

function tell(workers: number, seconds: number, memoryOfRedis: number): void {
  const rate = ((ACCOUNTS / seconds) * 60).toFixed(1);
  process.stderr.write(
    `${ACCOUNTS} accounts, ${workers} workers, concurrency ${CONCURRENCY}, vendor latency ${VENDOR_LATENCY_MS} ms: ` +
      `${seconds.toFixed(0)} s, ${rate} accounts a minute; Redis ${(memoryOfRedis / 2 ** 20).toFixed(1)} MiB\n`,
  );
}

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
    const now = (running.get(account) ?? 0) + (message === 'begins' ? 1 : message.startsWith('ends') ? -1 : 0);
    running.set(account, now);
    most = Math.max(most, now);
  }
  return most;
}
