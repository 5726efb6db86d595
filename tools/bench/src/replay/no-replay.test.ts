import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noReplay } from './no-replay.js';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator('threatstack', { agents: 1, cves: 1 });
});
afterEach(() => simulator.close());

describe('noReplay', () => {
  it("gives the simulator's own address, and its traffic since the last call", async () => {
    const server = noReplay(simulator.baseUrl);
    const before = await server.next(0);
    for (const path of ['/v2/agents', '/v2/vulnerabilities'])
      await (await request(`${server.baseUrl}${path}`)).body.dump();
    const two = await server.next(0);
    const none = await server.next(0);
    await server.close();

    expect(server.baseUrl).toBe(simulator.baseUrl);
    expect([before, none]).toEqual([
      { requests: 0, peakInFlight: 0 },
      { requests: 0, peakInFlight: 0 },
    ]);
    expect(two.requests).toBe(2);
  });
});
