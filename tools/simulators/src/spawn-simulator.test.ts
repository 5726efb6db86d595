import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { spawnSimulator } from './spawn-simulator.js';
import type { SpawnedSimulator } from './spawn-simulator.js';
import { SignedClient } from './threatstack/signed-client.fixture.js';

describe('spawnSimulator', () => {
  let simulator: SpawnedSimulator | undefined;

  afterEach(async () => {
    await simulator?.close();
    simulator = undefined;
  });

  async function isReachable(baseUrl: string): Promise<boolean> {
    try {
      await (await request(`${baseUrl}/__simulator/traffic`)).body.dump();
      return true;
    } catch {
      return false;
    }
  }

  it('serves from another process, with the options given here', async () => {
    simulator = await spawnSimulator('threatstack', { agents: 3, offlineAgents: 0, oddities: false });
    const client = new SignedClient(simulator, Date);

    const agents = await client.all('/v2/agents?status=online', 'agents');
    await client.close();

    expect(agents).toHaveLength(3);
  });

  it('takes faults and gives figures over HTTP', async () => {
    simulator = await spawnSimulator('threatstack');
    await request(`${simulator.baseUrl}/__simulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ route: 'GET /v2/agents', fault: { kind: 'status', status: 503 } }),
    });

    const broken = await request(`${simulator.baseUrl}/v2/agents`);
    await broken.body.dump();
    const traffic = await (await request(`${simulator.baseUrl}/__simulator/traffic`)).body.json();

    expect(broken.statusCode).toBe(503);
    expect(traffic).toMatchObject({ count: 1, byRoute: { 'GET /v2/agents': 1 } });
  });

  it('ends the process when it is closed, and may be closed twice', async () => {
    simulator = await spawnSimulator('threatstack');
    const before = await isReachable(simulator.baseUrl);

    await simulator.close();
    await simulator.close();

    expect(before).toBe(true);
    expect(await isReachable(simulator.baseUrl)).toBe(false);
  });

  it.each([
    [
      'nobody',
      {},
      /^The nobody simulator did not start: There is no simulator for "nobody"\. There are: .*threatstack/,
    ],
    [
      'threatstack',
      { agent: 3 },
      /^The threatstack simulator did not start: The threatstack simulator has no option "agent"/,
    ],
    [
      'threatstack',
      { port: 1.5 },
      /^The threatstack simulator did not start: Simulator option "port": expected a whole/,
    ],
  ])('says why %s with %j does not start', async (vendor: string, options, message) => {
    await expect(spawnSimulator(vendor, options)).rejects.toThrow(message);
  });

  describe('the child process', () => {
    const program = fileURLToPath(new URL('../dist/spawned.js', import.meta.url));

    async function spawned(): Promise<{ child: ReturnType<typeof fork>; baseUrl: string }> {
      const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.send({ type: 'start', vendor: 'threatstack', options: {} });
      const [{ baseUrl }] = (await once(child, 'message')) as [{ baseUrl: string }];
      return { child, baseUrl };
    }

    it("ignores the terminal's signals", async () => {
      const { child, baseUrl } = await spawned();

      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal);
      const reachable = await isReachable(baseUrl);
      child.disconnect();
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];

      expect(reachable).toBe(true);
      expect([code, signal]).toEqual([0, null]);
    });

    it('ends with its parent, even while a client is waiting for an answer', async () => {
      const { child, baseUrl } = await spawned();
      await request(`${baseUrl}/__simulator/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ route: '*', fault: { kind: 'silence' } }),
      });
      const waiting = isReachable(`${baseUrl}/v2`);

      child.disconnect();
      const [code] = (await once(child, 'exit')) as [number | null];

      expect(code).toBe(0);
      expect(await waiting).toBe(false);
    });
  });
});
