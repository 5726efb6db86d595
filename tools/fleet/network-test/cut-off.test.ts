import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fleet } from '../fleet-test/support/fleet.js';
import { JupiterOne } from '../fleet-test/support/jupiterone.js';
import { RedisServer } from '../fleet-test/support/redis-server.js';
import { simulatedTarget, SimulatedVendors } from '../fleet-test/support/simulated-accounts.js';
import { TestNetwork } from '../fleet-test/support/test-network.js';
import { until } from '../fleet-test/support/until.js';
import { openQueue, type FleetQueue } from '../src/queue/fleet-queue.js';
import { lastResults } from '../src/queue/last-results.js';

const LEASE = ['--lease', '5s', '--concurrency', '1'];
/** Longer than the lease: whoever is not stopped goes on after it. */
const STUCK_STEP = { pattern: '^GET .*/users', times: 1, fault: { kind: 'delay', ms: 9_000 } };

/** Redis behind two cables of a real network: one to a worker, and one to everybody else. */
describe('a worker whose network to Redis is cut', { timeout: 180_000 }, () => {
  let network: TestNetwork;
  let redis: RedisServer;
  let connection: Redis;
  let queue: FleetQueue;
  let jupiterone: JupiterOne;
  let vendors: SimulatedVendors;
  let fleet: Fleet;

  beforeAll(async () => {
    network = new TestNetwork();
    [redis, jupiterone, vendors] = await Promise.all([
      RedisServer.start({
        addresses: [network.steadyAddress, network.cutAddress],
        startedBy: network.enter,
      }),
      JupiterOne.start('simulated-key-of-jupiterone'),
      SimulatedVendors.start(['aquasec']),
    ]);
    connection = new Redis(redis.url);
    queue = openQueue(connection);
    fleet = new Fleet({ VENDOR_GRAPH_REDIS_URL: redis.url, J1_KEY: jupiterone.apiKey, ...vendors.env });
  });
  afterAll(async () => {
    await fleet.close();
    await queue.close();
    connection.disconnect();
    await Promise.all([vendors.close(), jupiterone.close(), redis.close()]);
    network.close();
  });

  it('uploads nothing, and the one that takes over uploads once', async () => {
    fleet.write({
      defaults: { target: 'main' },
      targets: simulatedTarget(jupiterone),
      accounts: [vendors.account('aquasec', 'stuck')],
    });
    await vendors.addFault('aquasec', STUCK_STEP);
    const lonely = await fleet.worker(LEASE, { VENDOR_GRAPH_REDIS_URL: redis.urlAt(network.cutAddress) });
    await queue.add('stuck', { account: 'stuck' }, { attempts: 3, backoff: 1_000 });
    await until('the job runs', () => lonely.log().includes('begins'));
    await until('the vendor is asked', async () => (await vendors.requests('aquasec')) > 1);

    network.cut();
    const heir = await fleet.worker(LEASE);
    await until('the account has a result', async () => (await lastResults(connection)).has('stuck'));
    await until('the cut-off worker has let go of its job', () => lonely.log().includes('lease'));
    network.mend();
    await until('the cut-off worker knows that the job is gone', () =>
      lonely.log().includes('another worker has the job'),
    );

    expect((await lastResults(connection)).get('stuck')).toMatchObject({ status: 'success' });
    expect(heir.log()).toContain('ends: success');
    expect(lonely.log()).not.toContain('ends: success');
    expect((await jupiterone.uploads()).map(({ status }) => status)).toEqual(['FINISHED']);
  });
});
