import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openQueue, type FleetQueue } from '../src/queue/fleet-queue.js';
import type { JobResult } from '../src/queue/job-result.js';
import { keepLastResult, lastResults } from '../src/queue/last-results.js';
import { Fleet, type WorkerProcess } from './support/fleet.js';
import { JupiterOne } from './support/jupiterone.js';
import { RedisServer } from './support/redis-server.js';
import { simulatedTarget, SimulatedVendors } from './support/simulated-accounts.js';
import { TcpProxy } from './support/tcp-proxy.js';
import { until } from './support/until.js';

/** Short, so that a takeover does not take long; a busy machine loses some leases more, which must not matter. */
const LEASE = ['--lease', '5s', '--concurrency', '1'];
/** Longer than the lease: whoever is not stopped goes on after it. */
const STUCK_MS = 9_000;
const STUCK_STEP = { pattern: '^GET .*/users', times: 1, fault: { kind: 'delay', ms: STUCK_MS } };

describe('a fleet in which something fails', { timeout: 150_000 }, () => {
  let redis: RedisServer;
  let connection: Redis;
  let queue: FleetQueue;
  let jupiterone: JupiterOne;
  let vendors: SimulatedVendors;
  let fleet: Fleet;
  /** The accounts of each test are its own. */
  let tests = 0;
  let stuck: string;
  let other: string;
  let asked: number;

  beforeAll(async () => {
    [jupiterone, vendors] = await Promise.all([
      JupiterOne.start('simulated-key-of-jupiterone'),
      SimulatedVendors.start(['aquasec']),
    ]);
  });
  afterAll(async () => {
    await Promise.all([vendors.close(), jupiterone.close()]);
  });

  beforeEach(async () => {
    tests += 1;
    stuck = `stuck-${tests}`;
    other = `other-${tests}`;
    asked = await vendors.requests('aquasec');
    redis = await RedisServer.start();
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    connection.on('error', () => undefined);
    queue = openQueue(connection);
    queue.on('error', () => undefined);
    fleet = new Fleet({ VENDOR_GRAPH_REDIS_URL: redis.url, J1_KEY: jupiterone.apiKey, ...vendors.env });
    fleet.write({
      defaults: { target: 'main', retry: { attempts: 3, delay: '1s' } },
      targets: simulatedTarget(jupiterone),
      accounts: [stuck, other].map((name) => vendors.account('aquasec', name)),
    });
  });
  afterEach(async () => {
    await fleet.close();
    await queue.close();
    connection.disconnect();
    await redis.close();
  });

  /** As `fleet run` does. */
  const run = (name: string): Promise<unknown> => queue.add(name, { account: name }, { attempts: 3, backoff: 1_000 });
  const instanceOf = (name: string): string => `instance-of-${name}`;
  /** Nothing but the worker, Redis or the network fails here: no run may. */
  async function hasEnded(name: string): Promise<boolean> {
    const last = (await lastResults(connection)).get(name);
    if (last?.status === 'failure') throw new Error(`${name} failed: ${last.cause ?? ''} ${last.error ?? ''}`);
    return last !== undefined;
  }
  /** Waits until a worker's run hangs in a request to the vendor. */
  async function inMidJob(worker: WorkerProcess): Promise<void> {
    await until('the job runs', () => worker.log().includes('begins'));
    await until('the vendor is asked', async () => (await vendors.requests('aquasec')) > asked + 1);
  }

  it('takes the job of a killed worker over, and the result is complete and single', async () => {
    await vendors.addFault('aquasec', STUCK_STEP);
    const killed = await fleet.worker(LEASE);
    await run(stuck);
    await inMidJob(killed);

    killed.child.kill('SIGKILL');
    const heir = await fleet.worker(LEASE);
    await until('the account has a result', () => hasEnded(stuck));

    expect(heir.log()).toContain('ends: success');
    expect((await jupiterone.uploads(instanceOf(stuck))).map(({ status }) => status)).toEqual(['FINISHED']);
    const { result } = (await lastResults(connection)).get(stuck) ?? {};
    expect(await jupiterone.held(instanceOf(stuck))).toHaveLength(
      (result?.entities ?? 0) + (result?.relationships ?? 0),
    );
  });

  it('does not run a job again whose worker could only not tell the queue any more', async () => {
    const job = await queue.add(stuck, { account: stuck }, { delay: 3_600_000 });
    const result = { account: stuck, vendor: 'aquasec', status: 'success', collectMs: 1, entities: 2 } as const;
    const done: JobResult = { ...result, relationships: 3, partialTypes: [], failedSteps: [] };
    const how = { status: 'success', endedOn: 1, durationMs: 1, worker: 'w', jobId: job.id ?? '' } as const;
    await keepLastResult(connection, { account: stuck, ...how, result: done });

    await fleet.worker(LEASE);
    await job.promote();
    await until('the job is done', () => job.isCompleted());

    expect((await queue.getJob(job.id ?? ''))?.returnvalue).toEqual(done);
    expect(await vendors.requests('aquasec')).toBe(asked);
    expect(await jupiterone.uploads(instanceOf(stuck))).toEqual([]);
  });

  it('uploads nothing from a worker that was cut off from Redis, and once from the one that took over', async () => {
    const proxy = await TcpProxy.start(redis.port);
    try {
      await vendors.addFault('aquasec', STUCK_STEP);
      const url = `redis://127.0.0.1:${proxy.port}/0`;
      const lonely = await fleet.worker(LEASE, { VENDOR_GRAPH_REDIS_URL: url });
      await run(stuck);
      await inMidJob(lonely);

      proxy.cut();
      const heir = await fleet.worker(LEASE);
      await until('the account has a result', () => hasEnded(stuck));
      // The one that was cut off would be done by now, if nobody had stopped it.
      await until('the cut-off worker has let go of its job', () => lonely.log().includes('lease'));
      proxy.mend();
      await until('the cut-off worker knows that the job is gone', () =>
        lonely.log().includes('another worker has the job'),
      );

      expect(heir.log()).toContain('ends: success');
      expect(lonely.log()).not.toContain('ends: success');
      expect((await jupiterone.uploads(instanceOf(stuck))).map(({ status }) => status)).toEqual(['FINISHED']);
    } finally {
      await proxy.close();
    }
  });

  it('loses no account when Redis is killed and started again', async () => {
    await vendors.addFault('aquasec', STUCK_STEP);
    const cron = '0 0 1 1 *';
    fleet.write({
      defaults: { target: 'main', schedule: { cron } },
      targets: simulatedTarget(jupiterone),
      accounts: [stuck, other, 'third'].map((name) => vendors.account('aquasec', name)),
    });
    await fleet.json(['apply', '--accounts', fleet.accountsFile]);
    const worker = await fleet.worker(LEASE);
    await run(stuck);
    await run(other);
    await inMidJob(worker);

    await redis.kill();
    await redis.start();
    await until('both accounts have a result', async () => (await hasEnded(stuck)) && (await hasEnded(other)));

    const results = await lastResults(connection);
    expect([results.get(stuck)?.status, results.get(other)?.status]).toEqual(['success', 'success']);
    expect(await jupiterone.finished(instanceOf(stuck))).toBe(1);
    expect(await jupiterone.finished(instanceOf(other))).toBe(1);
    expect(await fleet.json(['apply', '--dry-run', '--accounts', fleet.accountsFile])).toMatchObject({
      create: [],
      update: [],
      repair: [],
      unchanged: 3,
    });
  });

  it('ends what is under way after SIGTERM, and gives back what does not end in time', async () => {
    await vendors.addFault('aquasec', STUCK_STEP);
    const leaving = await fleet.worker([...LEASE, '--drain', '1s']);
    await run(stuck);
    await inMidJob(leaving);

    leaving.child.kill('SIGTERM');
    expect(await leaving.ended).toBe(0);
    expect(leaving.log()).toContain('the job goes back to the queue');
    expect(await jupiterone.uploads(instanceOf(stuck))).toEqual([]);

    const heir = await fleet.worker(LEASE);
    await until('the account has a result', () => hasEnded(stuck));
    heir.child.kill('SIGTERM');
    expect(await heir.ended).toBe(0);
    expect(await jupiterone.finished(instanceOf(stuck))).toBe(1);
  });
});
