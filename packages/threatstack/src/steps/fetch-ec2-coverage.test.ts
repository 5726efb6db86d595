import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep, type StepRun } from '../testing/run-step.js';

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('fetch-ec2-coverage', () => {
  it('produces what it declares: a finding for each running instance without an agent', async () => {
    simulator = await startSimulator('threatstack', { unmonitoredServers: 8 });

    const run = await fetchCoverage();

    expectDeclared(run.step, run);
    // Every fourth instance of the simulator is stopped.
    expect(run.collectedEntities).toHaveLength(6);
    expect(run.collectedRelationships).toHaveLength(6);
    expect(run.step.entities[0]?.partial).toBeUndefined();
  });

  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
  ])('reads %d instances', async (unmonitoredServers, pages) => {
    simulator = await startSimulator('threatstack', { agents: 0, unmonitoredServers, oddities: false });

    const { collectedEntities } = await fetchCoverage();

    expect(collectedEntities).toHaveLength(unmonitoredServers - Math.floor(unmonitoredServers / 4));
    expect(simulator.traffic.count('GET /v2/aws/ec2')).toBe(pages);
  });

  it('takes an instance once, leaves out those with an agent, and counts what is no instance', async () => {
    simulator = await startSimulator('threatstack');
    const running = { state: 'running', monitored: false };
    const servers = [
      { id: 'i-0d0f1f32bea26a881', ...running },
      { id: 'i-0d0f1f32bea26a881', ...running },
      { id: 'i-0d0f1f32bea26a882', ...running, monitored: true },
      { id: 'i-0d0f1f32bea26a883', ...running, state: 'stopped' },
      { id: 'vm-7', ...running },
      { ...running },
    ];
    simulator.faults.add({
      route: 'GET /v2/aws/ec2',
      fault: { kind: 'body', body: JSON.stringify({ servers, token: '' }) },
    });

    const { collectedEntities, collectedRelationships, events } = await fetchCoverage();

    expect(collectedEntities.map(({ instanceId }) => instanceId)).toEqual(['i-0d0f1f32bea26a881']);
    expect(collectedRelationships).toHaveLength(1);
    expect(events.join('\n')).toContain('2 of the EC2 instances: 1 without an id, 1 whose id is none');
  });

  it('fails when the inventory is forbidden', async () => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/aws/ec2', fault: { kind: 'status', status: 403 } });

    await expect(fetchCoverage()).rejects.toMatchObject({ code: 'PROVIDER_AUTHORIZATION_ERROR' });
  });
});

function fetchCoverage(): Promise<StepRun> {
  return runStep('fetch-ec2-coverage', { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });
}
