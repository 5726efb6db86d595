import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep } from '../testing/run-step.js';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator('threatstack');
});

afterEach(async () => {
  await simulator.close();
});

it('makes the account of the configuration without a request', async () => {
  const run = await runStep('fetch-account', { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });

  expectDeclared(run.step, run);
  expect(run.collectedEntities).toEqual([
    {
      _key: 'threatstack:account:0f1e2d3c4b5a69788796a5b4',
      _type: 'threatstack_account',
      _class: ['Account'],
      name: 'Example Organization',
      displayName: 'Threat Stack - Example Organization',
      accountId: '0f1e2d3c4b5a69788796a5b4',
      vendor: 'Threat Stack',
    },
  ]);
  expect(simulator.traffic.count()).toBe(0);
});
