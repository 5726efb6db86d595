import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, expect, it } from 'vitest';
import { isEc2InstanceId } from '../converters/ec2-instance-id.js';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep } from '../testing/run-step.js';

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

it('relates agents to the hosts that they protect, without a request of its own', async () => {
  simulator = await startSimulator('threatstack');
  const instanceConfig = { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl };
  const agents = await runStep('fetch-agents', instanceConfig);
  const requestsForAgents = simulator.traffic.count();
  simulator.traffic.reset();

  const run = await runStep('build-agent-protects', instanceConfig);

  expectDeclared(run.step, run);
  expect(simulator.traffic.count()).toBe(requestsForAgents);
  const onInstances = agents.collectedEntities.filter(
    ({ instanceId }) => typeof instanceId === 'string' && isEc2InstanceId(instanceId),
  );
  const protects = run.collectedRelationships.map(({ _type }) => _type);
  expect(protects.filter((type) => type === 'threatstack_agent_protects_aws_instance')).toHaveLength(
    onInstances.length,
  );
});

it('makes nothing when there are no agents', async () => {
  simulator = await startSimulator('threatstack', { agents: 0, offlineAgents: 0, oddities: false });

  const run = await runStep('build-agent-protects', {
    ...simulator.credentials['default'],
    apiBaseUrl: simulator.baseUrl,
  });

  expect(run.collectedRelationships).toEqual([]);
});
