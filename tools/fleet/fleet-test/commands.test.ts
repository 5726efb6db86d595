import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastResults } from '../src/queue/last-results.js';
import type { FleetStatus } from '../src/status/fleet-status.js';
import { Fleet, type WorkerProcess } from './support/fleet.js';
import { JupiterOne } from './support/jupiterone.js';
import { RedisServer } from './support/redis-server.js';
import { simulatedTarget, SimulatedVendors } from './support/simulated-accounts.js';
import { until } from './support/until.js';

const YEARLY = { cron: '0 0 1 1 *', spread: '2h' };

/** One after the other: what a command left is what the next one finds. */
describe('the commands of a fleet', { timeout: 120_000 }, () => {
  let redis: RedisServer;
  let connection: Redis;
  let jupiterone: JupiterOne;
  let vendors: SimulatedVendors;
  let fleet: Fleet;
  let worker: WorkerProcess;
  let collector: Server;
  let metrics = '';

  beforeAll(async () => {
    collector = createServer((request, response) => {
      void text(request).then((body) => {
        metrics += body;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    [redis, jupiterone, vendors] = await Promise.all([
      RedisServer.start(),
      JupiterOne.start('simulated-key-of-jupiterone'),
      SimulatedVendors.start(['aquasec']),
    ]);
    connection = new Redis(redis.url);
    fleet = new Fleet({ VENDOR_GRAPH_REDIS_URL: redis.url, J1_KEY: jupiterone.apiKey, ...vendors.env });
  });
  afterAll(async () => {
    await fleet.close();
    collector.close();
    connection.disconnect();
    await Promise.all([vendors.close(), jupiterone.close(), redis.close()]);
  });

  function write(names: readonly string[], more: object = {}): void {
    fleet.write({
      defaults: { target: 'main', schedule: YEARLY, ...more },
      targets: simulatedTarget(jupiterone),
      accounts: names.map((name) => vendors.account('aquasec', name)),
    });
  }
  const apply = (...flags: string[]): Promise<Record<string, unknown>> =>
    fleet.json(['apply', '--accounts', fleet.accountsFile, ...flags]);
  const named = (account: string): unknown => expect.objectContaining({ account });

  it('apply shows the difference, makes it, and then there is none', async () => {
    write(['first', 'second']);
    const difference = { create: [named('first'), named('second')], update: [], remove: [], unchanged: 0 };
    const none = { create: [], update: [], repair: [], remove: [], unchanged: 2 };

    expect(await apply('--dry-run')).toMatchObject({ dryRun: true, ...difference });
    expect(await apply()).toMatchObject({ dryRun: false, ...difference });
    expect(await apply()).toMatchObject(none);
  });

  it('apply follows changes and removes what is gone', async () => {
    write(['second', 'third'], { priority: 3 });

    expect(await apply()).toMatchObject({ create: [named('third')], update: [named('second')], remove: ['first'] });
    expect((await fleet.json<FleetStatus>(['status'])).accounts.map(({ account }) => account)).toEqual([
      'second',
      'third',
    ]);
  });

  it('apply names what only the vendor knows to be wrong, and changes nothing', async () => {
    const account = vendors.account('aquasec', 'second');
    fleet.write({
      accounts: [
        {
          ...account,
          config: { accountId: '1', apiSecret: 'canary', apiKay: 'x' },
          secrets: {},
          steps: { only: ['fetch'] },
        },
        { name: 'nobody', vendor: 'no-such-vendor' },
      ],
    });

    const { code, stderr } = await fleet.run(['apply', '--accounts', fleet.accountsFile]);

    expect(code).toBe(1);
    expect(stderr).toContain('second: there is no field "apiKay"; there are ');
    expect(stderr).toContain('second: "apiSecret" is a secret');
    expect(stderr).toContain('second: there is no step "fetch"');
    expect(stderr).toContain('nobody: There is no vendor package "no-such-vendor" here.');
    expect(stderr).not.toContain('canary');
    expect((await fleet.json<FleetStatus>(['status'])).accounts).toHaveLength(2);
  });

  it('run --wait tells how it ended, by words and exit code', async () => {
    write(['second', 'third'], { retry: { attempts: 1 } });
    const { port } = collector.address() as AddressInfo;
    worker = await fleet.worker([], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const run = (...names: string[]): ReturnType<Fleet['run']> =>
      fleet.run(['run', ...names, '--wait', '--accounts', fleet.accountsFile]);

    expect(await run('second')).toMatchObject({ code: 0, stdout: 'second: success\n' });
    await vendors.addFault('aquasec', { route: '/v2/users', times: 1, fault: { kind: 'status', status: 403 } });
    expect(await run('second')).toMatchObject({ code: 2, stdout: 'second: partial\n' });
    await vendors.addFault('aquasec', { route: '*', times: 1, fault: { kind: 'status', status: 403 } });
    expect(await run('third')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^third: failure \(credentials: /) as string,
    });
    expect(await run('nobody')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no account nobody') as string,
    });
  });

  it('status tells of partial data sets, failures by cause and next runs', async () => {
    const { workers, failures, accounts } = await fleet.json<FleetStatus>(['status']);

    expect({ workers, failures }).toEqual({ workers: 1, failures: { credentials: 1 } });
    expect(accounts).toMatchObject([
      { account: 'second', state: 'idle', last: { status: 'partial', result: { failedSteps: ['fetch-users'] } } },
      { account: 'third', state: 'idle', last: { status: 'failure', cause: 'credentials', willRetry: false } },
    ]);
    expect(accounts[0]?.last?.result?.partialTypes).not.toEqual([]);
    expect(accounts[0]?.last?.lastGoodOn).toBeDefined();
    for (const { nextRun = '' } of accounts) expect(nextRun).toMatch(/^\d{4}-01-01T0[01]:/);
  });

  it('schedules come due by themselves, again and again, until apply removes them', async () => {
    const others = ['second', 'third'].map((name) => vendors.account('aquasec', name));
    const often = { ...vendors.account('aquasec', 'often'), schedule: { cron: '*/2 * * * * *' } };
    fleet.write({ accounts: [...others, often] });
    await apply();
    const runs = new Set<string>();
    await until('the account has run twice', async () => {
      const last = (await lastResults(connection)).get('often');
      if (last !== undefined) runs.add(last.jobId);
      return runs.size >= 2;
    });
    write(['second', 'third'], { retry: { attempts: 1 } });

    expect((await apply())['remove']).toEqual(['often']);
    expect([...runs].every((id) => id.startsWith('repeat:often:'))).toBe(true);
    expect(await jupiterone.uploads('instance-of-often')).toEqual([]);
  });

  it('retry puts what failed back, and nothing else', async () => {
    expect(await fleet.json(['retry', '--cause', 'network'])).toEqual({ retried: [] });
    expect(await fleet.json(['retry', '--all'])).toEqual({ retried: ['third'] });

    await until('the account has run again', async () => {
      const last = (await lastResults(connection)).get('third');
      return last?.status === 'success';
    });
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect((await fleet.json<FleetStatus>(['status'])).failures).toEqual({});
  });

  it('workers send the length of the queue, durations, and failures by cause', () => {
    for (const name of [
      'vendor_graph.fleet.queue.length',
      'vendor_graph.fleet.run.duration',
      'vendor_graph.fleet.runs',
    ])
      expect(metrics).toContain(`"name":"${name}"`);
    expect(metrics).toContain('"key":"cause","value":{"stringValue":"credentials"}');
    expect(metrics).toContain('"key":"status","value":{"stringValue":"partial"}');
  });
});
