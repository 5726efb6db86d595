import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep, type StepRun } from '../testing/run-step.js';

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('fetch-agents', () => {
  it('produces what it declares, on data with every oddity', async () => {
    simulator = await startSimulator('threatstack');

    const run = await fetchAgents();

    expectDeclared(run.step, run);
    expect(run.collectedEntities).toHaveLength(run.collectedRelationships.length);
    expect(run.collectedRelationships[0]?.['_fromEntityKey']).toBe('threatstack:account:0f1e2d3c4b5a69788796a5b4');
  });

  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [100, 1, 1],
    [101, 1, 2],
    [0, 101, 1],
    [200, 0, 2],
    [1_000, 20, 10],
  ])('reads %d online and %d offline agents, each once', async (agents, offlineAgents, onlinePages) => {
    simulator = await startSimulator('threatstack', { agents, offlineAgents, oddities: false });

    const { collectedEntities } = await fetchAgents();

    expect(new Set(collectedEntities.map(({ id }) => id)).size).toBe(agents + offlineAgents);
    expect(collectedEntities.filter(({ active }) => active === true)).toHaveLength(agents);
    expect(statusesAsked().filter((status) => status === 'online')).toHaveLength(onlinePages);
  });

  it('reads offline agents before online ones, so that none slips through when it comes up in between', async () => {
    simulator = await startSimulator('threatstack', { agents: 150, offlineAgents: 150, oddities: false });

    await fetchAgents();

    expect(statusesAsked()).toEqual(['offline', 'offline', 'online', 'online']);
  });

  it.each([
    ['the online record when it is later', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'online'],
    ['the offline record when it is later', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', 'offline'],
    ['the online record on a tie', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'online'],
    ['the online record when neither says', null, null, 'online'],
    ['the offline record when only it says', '2026-01-01T00:00:00Z', null, 'offline'],
  ])('takes of an agent in both listings %s', async (_, offlineSeen, onlineSeen, expected) => {
    simulator = await startSimulator('threatstack');
    answerAgents('offline', [{ id: 'a', lastReportedAt: offlineSeen }]);
    answerAgents('online', [{ id: 'a', lastReportedAt: onlineSeen }, { id: 'b' }]);

    const { collectedEntities, collectedRelationships, events } = await fetchAgents();

    expect(collectedEntities.map(({ id, status }) => [id, status]).sort()).toEqual([
      ['a', expected],
      ['b', 'online'],
    ]);
    expect(collectedRelationships).toHaveLength(2);
    expect(events.filter((event) => event.includes('more than once'))).toHaveLength(1);
  });

  it('takes an agent once that a listing repeats', async () => {
    simulator = await startSimulator('threatstack');
    answerAgents('offline', [
      { id: 'a', lastReportedAt: '2026-01-01T00:00:00Z', version: 'old' },
      { id: 'a', lastReportedAt: '2026-01-02T00:00:00Z', version: 'new' },
    ]);
    answerAgents('online', [{ id: 'b' }, { id: 'b' }]);

    const { collectedEntities } = await fetchAgents();

    expect(collectedEntities.map(({ id, version }) => [id, version])).toEqual([
      ['b', undefined],
      ['a', 'new'],
    ]);
  });

  it('skips what has no id, and says how much that was', async () => {
    simulator = await startSimulator('threatstack');
    answerAgents('offline', [{ name: 'nobody' }, null, 'text', { id: '' }]);
    answerAgents('online', [{ id: 'a' }, { id: 7 }]);

    const { collectedEntities, events } = await fetchAgents();

    expect(collectedEntities.map(({ id }) => id)).toEqual(['a']);
    expect(events.join('\n')).toContain('5 without an id');
  });

  it('survives whatever the fields hold', async () => {
    simulator = await startSimulator('threatstack');
    answerAgents('offline', []);
    answerAgents('online', [
      { id: '__proto__', name: { toString: 'x' }, hostname: 7, ipAddresses: [], tags: 'x', status: null },
      { id: 'a', createdAt: 'yesterday', lastReportedAt: '+275760-09-13T00:00:00.001Z', osVersion: '\u0000\u001b[31m' },
      {
        id: 'b',
        name: 'x'.repeat(1_000_000),
        tags: [
          { key: 'constructor', value: 'y' },
          { key: 'k', value: 9 },
        ],
      },
      { id: 'c', ipAddresses: { private: '10.0.0.1', public: null }, tags: [{ key: 'aws:a/b', value: 'c' }] },
    ]);

    const run = await fetchAgents();

    expectDeclared(run.step, run);
    expect(run.collectedEntities).toMatchObject([
      { _key: 'threatstack:agent:__proto__', name: '__proto__', status: 'online' },
      { _key: 'threatstack:agent:a', lastSeenOn: null },
      { _key: 'threatstack:agent:b', 'tag.constructor': 'y' },
      { _key: 'threatstack:agent:c', ipAddresses: ['10.0.0.1'], 'tag.aws-a-b': 'c' },
    ]);
  });
});

function fetchAgents(): Promise<StepRun> {
  return runStep('fetch-agents', { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });
}

function answerAgents(status: 'online' | 'offline', agents: unknown[]): void {
  simulator.faults.add({
    route: ({ path, query }) => path === '/v2/agents' && query['status'] === status,
    fault: { kind: 'body', body: JSON.stringify({ agents, token: null }) },
  });
}

function statusesAsked(): unknown[] {
  return simulator.traffic.requests.map(({ query }) => query['status']);
}
