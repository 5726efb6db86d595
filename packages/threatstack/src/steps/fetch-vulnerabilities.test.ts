import type { MappedRelationship, Relationship } from '@jupiterone/integration-sdk-core';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { expectDeclared } from '../testing/expect-declared.js';
import { runStep, type StepRun } from '../testing/run-step.js';

const IDENTIFIED = 'threatstack_agent_identified_vulnerability';

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('fetch-vulnerabilities', () => {
  it('produces what it declares, on data with every oddity', async () => {
    simulator = await startSimulator('threatstack');

    const run = await fetchVulnerabilities();

    // The one agent of these data that has to be looked up runs on EC2.
    expectDeclared(run.step, run, ['threatstack_agent_protects_server']);
  });

  it.each([
    [{ rowsPer: 'host' }],
    [{ embeddedAgents: 'absent' }],
    [{ embeddedAgents: 'absent', rowsPer: 'host' }],
    [{ embeddedAgents: 'mixed' }],
    [{ embeddedAgents: 'truncated', truncateAt: 10 }],
    [{ finalToken: 'empty', tokenKey: 'paginationToken' }],
    [{ finalToken: 'absent', pageSize: 7 }],
    [{ embeddedAgents: 'absent', agents: 30, agentWithoutCves: '404' }],
    [{ embeddedAgents: 'absent', agents: 30, rowsPer: 'host' }],
    [{ embeddedAgents: 'absent', agents: 30, pageSize: 20 }],
  ])('builds the same relationships when Threat Stack answers with %j', async (way) => {
    const sizes = { agents: 60, offlineAgents: 0, cves: 40, serversPerCve: 25, oddities: false };
    simulator = await startSimulator('threatstack', {
      ...sizes,
      ...way,
      embeddedAgents: 'complete',
      rowsPer: 'package',
    });
    const expected = keysOf(await fetchVulnerabilities());
    await simulator.close();
    simulator = await startSimulator('threatstack', { ...sizes, ...way });

    const keys = keysOf(await fetchVulnerabilities());

    expect(keys).toHaveLength(1_000);
    expect(keys).toEqual(expected);
  });

  it('reads a CVE on 250 servers to its end', async () => {
    simulator = await startSimulator('threatstack', {
      agents: 300,
      offlineAgents: 0,
      cves: 1,
      serversPerCve: 250,
      oddities: false,
      embeddedAgents: 'absent',
    });

    const run = await fetchVulnerabilities();

    expect(identified(run)).toHaveLength(250);
    expect(simulator.traffic.count('GET /v2/vulnerabilities/:cve/servers')).toBe(3);
  });

  it.each([0, 1, 100, 101])('reads %d rows', async (cves) => {
    simulator = await startSimulator('threatstack', { cves, packagesPerCve: 1, serversPerCve: 2, oddities: false });

    const run = await fetchVulnerabilities();

    expect(identified(run)).toHaveLength(cves * 2);
    expect(simulator.traffic.count('GET /v2/vulnerabilities')).toBe(Math.max(1, Math.ceil(cves / 100)));
  });

  it('merges the packages of a CVE into one relationship, and says the same of the CVE everywhere', async () => {
    simulator = await startSimulator('threatstack');
    answer('/v2/vulnerabilities', {
      cves: [
        row('CVE-2021-21334', 'containerd', { severity: 'medium', vectorType: 'local' }, ['a1', 'a2']),
        row('cve-2021-21334', 'runc', { severity: 'high', vectorType: 'network', isSuppressed: true }, ['a1', 'a1']),
      ],
      token: '',
    });
    answerAgents(['a1', 'a2']);

    const run = await fetchVulnerabilities();

    const target = { _key: 'cve-2021-21334', cveId: 'CVE-2021-21334', severity: 'high', vector: 'network' };
    expect(identified(run)).toMatchObject([
      {
        _key: 'threatstack:agent:a1|identified|cve-2021-21334',
        finding: 'containerd 1-1, runc 1-1',
        packageCount: 2,
        severity: 'high',
        suppressed: false,
        _mapping: { targetEntity: target },
      },
      {
        _key: 'threatstack:agent:a2|identified|cve-2021-21334',
        finding: 'containerd 1-1',
        packageCount: 1,
        severity: 'medium',
        suppressed: false,
        _mapping: { targetEntity: target },
      },
    ]);
    for (const { _mapping } of identified(run))
      for (const name of ['open', 'suppressed', 'targets', 'findings', 'package'])
        expect(_mapping.targetEntity).not.toHaveProperty(name);
  });

  it('looks up an agent that no listing has, and gives it all that a listed one has', async () => {
    simulator = await startSimulator('threatstack');
    answerAgents(['a1']);
    answer('/v2/vulnerabilities', {
      cves: [row('CVE-2021-21334', 'runc', {}, ['a1', 'stray', 'revoked'])],
      token: null,
    });
    answer('/v2/agents/stray', { id: 'stray', status: 'offline', hostname: 'stray-host' });
    simulator.faults.add({ route: 'GET /v2/agents/revoked', fault: { kind: 'status', status: 404 } });

    const run = await fetchVulnerabilities();

    expect(run.collectedEntities).toMatchObject([{ _key: 'threatstack:agent:stray', status: 'offline' }]);
    expect(run.collectedRelationships.map(({ _key }) => _key)).toEqual([
      'threatstack:account:0f1e2d3c4b5a69788796a5b4|has|threatstack:agent:stray',
      'threatstack:agent:stray|protects|server:stray-host',
      'threatstack:agent:a1|identified|cve-2021-21334',
      'threatstack:agent:stray|identified|cve-2021-21334',
    ]);
  });

  it('looks up no more than 50 agents, and says how many it left out', async () => {
    simulator = await startSimulator('threatstack');
    const strays = Array.from({ length: 60 }, (_, i) => `stray-${i}`);
    answerAgents(['a1']);
    answer('/v2/vulnerabilities', { cves: [row('CVE-2021-21334', 'runc', {}, ['a1', ...strays])], token: null });
    for (const id of strays) answer(`/v2/agents/${id}`, { id });

    const run = await fetchVulnerabilities();

    expect(simulator.traffic.count('GET /v2/agents/:id')).toBe(50);
    expect(identified(run)).toHaveLength(51);
    expect(run.events.join('\n')).toContain('10 in no listing of agents');
  });

  it('fails when an agent cannot be looked up, rather than to leave it out', async () => {
    simulator = await startSimulator('threatstack');
    answer('/v2/vulnerabilities', { cves: [row('CVE-2021-21334', 'runc', {}, ['stray'])], token: null });
    simulator.faults.add({ route: 'GET /v2/agents/stray', fault: { kind: 'status', status: 403 } });

    await expect(fetchVulnerabilities()).rejects.toMatchObject({ code: 'PROVIDER_AUTHORIZATION_ERROR' });
  });

  it('fails when what was answered for the lookup is another agent', async () => {
    simulator = await startSimulator('threatstack');
    answer('/v2/vulnerabilities', { cves: [row('CVE-2021-21334', 'runc', {}, ['stray'])], token: null });
    answer('/v2/agents/stray', { id: 'somebody else' });

    await expect(fetchVulnerabilities()).rejects.toMatchObject({ code: 'PROVIDER_API_ERROR' });
  });

  it.each([
    ['complete', 'taken from the rows themselves, requests: 1;'],
    ['absent', 'read CVE by CVE, requests: 6;'],
  ])('tells how it read %s rows and what that cost', async (embeddedAgents, expected) => {
    simulator = await startSimulator('threatstack', { cves: 5, packagesPerCve: 1, oddities: false, embeddedAgents });

    const { events } = await fetchVulnerabilities();

    expect(events.join('\n')).toContain(expected);
    expect(events.join('\n')).toContain('add up to 0 s so far.');
  });

  it('tells that it read agent by agent, and that lists are cut off', async () => {
    simulator = await startSimulator('threatstack', {
      agents: 15,
      offlineAgents: 0,
      cves: 30,
      serversPerCve: 15,
      packagesPerCve: 1,
      oddities: false,
      embeddedAgents: 'truncated',
      truncateAt: 10,
    });

    const run = await fetchVulnerabilities();

    expect(identified(run)).toHaveLength(450);
    expect(run.events.join('\n')).toContain('read agent by agent, requests: 17;');
    expect(run.events.join('\n')).toContain("cuts the rows' lists of agents off at 10");
  });

  it('keeps to four requests at a time', async () => {
    simulator = await startSimulator('threatstack', {
      cves: 40,
      oddities: false,
      embeddedAgents: 'absent',
      latencyMs: 5,
    });

    await fetchVulnerabilities();

    expect(simulator.traffic.peakInFlight).toBe(4);
  });
});

function fetchVulnerabilities(): Promise<StepRun> {
  return runStep('fetch-vulnerabilities', { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl });
}

function identified(run: StepRun): MappedRelationship[] {
  return run.collectedRelationships.filter(
    (relationship: Relationship): relationship is MappedRelationship => relationship._type === IDENTIFIED,
  );
}

function keysOf(run: StepRun): string[] {
  return identified(run)
    .map(({ _key }) => _key)
    .sort();
}

function row(cveNumber: string, name: string, known: object, agents: string[]): object {
  return {
    cveNumber,
    reportedPackage: `${name} 1`,
    systemPackage: `${name} 1-1`,
    ...known,
    agents: agents.map((agentId) => ({ agentId })),
  };
}

function answer(path: string, body: unknown): void {
  simulator.faults.add({ route: `GET ${path}`, fault: { kind: 'body', body: JSON.stringify(body) } });
}

function answerAgents(ids: string[]): void {
  simulator.faults.add({
    route: ({ path, query }) => path === '/v2/agents' && query['status'] === 'online',
    fault: { kind: 'body', body: JSON.stringify({ agents: ids.map((id) => ({ id })) }) },
  });
}
