import { setImmediate as turn } from 'node:timers/promises';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { SkipReport } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import type { VulnerabilityRecord } from '../records.js';
import { AgentIndex } from './agent-index.js';
import { collectFindings, type CollectedFindings, type FindingsSource } from './collect-findings.js';

describe('collectFindings', () => {
  it('asks for nothing but the listing when every row names its agents', async () => {
    const source = fakeSource({ rows: [named('CVE-2021-0001', 'a', 'b'), named('CVE-2021-0002', 'b')] });

    const { pairs, strategy } = await collect(source, ['a', 'b']);

    expect(strategy).toBe('rows');
    expect(pairs).toEqual(['CVE-2021-0001 a', 'CVE-2021-0001 b', 'CVE-2021-0002 b']);
    expect(source.asked).toEqual(['listing']);
  });

  it('takes an empty list of agents as the answer that there are none', async () => {
    const source = fakeSource({ rows: [named('CVE-2021-0001')] });

    const { pairs } = await collect(source, ['a']);

    expect(pairs).toEqual([]);
    expect(source.asked).toEqual(['listing']);
  });

  it('asks CVE by CVE when that takes no more requests than agent by agent, each CVE once', async () => {
    const source = fakeSource({
      rows: [anonymous('CVE-2021-0001', 'x'), anonymous('CVE-2021-0002'), anonymous('cve-2021-0001', 'y')],
      servers: { 'CVE-2021-0001': ['a', 'b'], 'CVE-2021-0002': ['b'] },
    });

    const { pairs, strategy } = await collect(source, ['a', 'b']);

    expect(strategy).toBe('by-cve');
    expect(pairs).toEqual(['CVE-2021-0001 a', 'CVE-2021-0001 b', 'CVE-2021-0002 b']);
    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0001', 'servers of CVE-2021-0002']);
  });

  it('asks for a CVE by the number as Threat Stack writes it', async () => {
    const source = fakeSource({ rows: [anonymous(' cve-2021-0001')], servers: { 'cve-2021-0001': ['a'] } });

    expect((await collect(source, ['a'])).pairs).toEqual(['CVE-2021-0001 a']);
  });

  it('asks agent by agent when that takes fewer requests', async () => {
    const source = fakeSource({
      rows: [anonymous('CVE-2021-0001'), anonymous('CVE-2021-0002'), anonymous('CVE-2021-0003')],
      ofAgent: { a: [anonymous('CVE-2021-0001'), anonymous('CVE-2021-0004')], b: [anonymous('CVE-2021-0001')] },
    });

    const { pairs, strategy } = await collect(source, ['a', 'b']);

    expect(strategy).toBe('by-agent');
    expect(pairs).toEqual(['CVE-2021-0001 a', 'CVE-2021-0001 b', 'CVE-2021-0004 a']);
    expect(source.asked).toEqual(['listing', 'CVEs of a', 'CVEs of b']);
  });

  it('asks only for the CVEs of rows that do not name their agents', async () => {
    const source = fakeSource({
      rows: [named('CVE-2021-0001', 'a'), anonymous('CVE-2021-0002')],
      servers: { 'CVE-2021-0002': ['b'] },
    });

    const { pairs } = await collect(source, ['a', 'b']);

    expect(pairs).toEqual(['CVE-2021-0001 a', 'CVE-2021-0002 b']);
    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0002']);
  });

  it('believes lists of a round length that one CVE confirms', async () => {
    const agents = agentIds(10);
    const rows = [1, 2, 3].map((n) => named(`CVE-2021-000${n}`, ...agents));
    const source = fakeSource({ rows, servers: { 'CVE-2021-0001': agents } });

    const { strategy, truncatedAt, pairs } = await collect(source, agents);

    expect([strategy, truncatedAt, pairs.length]).toEqual(['rows', undefined, 30]);
    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0001']);
  });

  it('asks for the CVEs whose lists are cut off, once it is proved that they are', async () => {
    const agents = agentIds(12);
    const rows = [
      named('CVE-2021-0001', ...agents.slice(0, 10)),
      named('CVE-2021-0002', ...agents.slice(0, 10)),
      named('CVE-2021-0003', ...agents.slice(0, 10)),
      named('CVE-2021-0004', ...agents.slice(0, 9)),
    ];
    const servers = { 'CVE-2021-0001': agents, 'CVE-2021-0002': agents.slice(0, 11), 'CVE-2021-0003': agents };
    const source = fakeSource({ rows, servers });

    const { strategy, truncatedAt, pairs } = await collect(source, agents);

    expect([strategy, truncatedAt, pairs.length]).toEqual(['by-cve', 10, 12 + 11 + 12 + 9]);
    expect(source.asked).toEqual([
      'listing',
      'servers of CVE-2021-0001',
      'servers of CVE-2021-0002',
      'servers of CVE-2021-0003',
    ]);
  });

  it('proves cut-off lists with a CVE of a single row', async () => {
    const agents = agentIds(10);
    const rows = ['CVE-2021-0001', 'CVE-2021-0001', 'CVE-2021-0002'].map((cve, i) =>
      packaged(named(cve, ...agents), i),
    );
    const source = fakeSource({ rows, servers: { 'CVE-2021-0002': agents } });

    await collect(source, agents);

    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0002']);
  });

  it('proves cut-off lists with a CVE whose rows all name their agents', async () => {
    const agents = agentIds(10);
    const rows = [
      ...['CVE-2021-0001', 'CVE-2021-0002', 'CVE-2021-0002'].map((cve, i) => packaged(named(cve, ...agents), i)),
      anonymous('CVE-2021-0001', 'other'),
    ];
    const source = fakeSource({ rows, servers: { 'CVE-2021-0001': [...agents, 'agent-11'], 'CVE-2021-0002': agents } });

    const { truncatedAt } = await collect(source, agents);

    expect(truncatedAt).toBeUndefined();
    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0002', 'servers of CVE-2021-0001']);
  });

  it('asks once for a CVE that is the proof and has rows that do not name their agents', async () => {
    const agents = agentIds(10);
    const rows = [
      ...[0, 1, 2].map((i) => packaged(named('CVE-2021-0001', ...agents), i)),
      anonymous('CVE-2021-0001', 'other'),
    ];
    const source = fakeSource({ rows, servers: { 'CVE-2021-0001': agents } });

    const { strategy, cves } = await collect(source, agents);

    expect(strategy).toBe('by-cve');
    expect(source.asked).toEqual(['listing', 'servers of CVE-2021-0001']);
    const findingsOf = [...(cves.get('CVE-2021-0001')?.byAgent() ?? [])].map(([, findings]) => findings.length);
    expect(findingsOf).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it('goes agent by agent when so many lists are cut off that this is cheaper', async () => {
    const agents = agentIds(12);
    const rows = Array.from({ length: 20 }, (_, i) => named(`CVE-2021-${1000 + i}`, ...agents.slice(0, 10)));
    const ofAgent = Object.fromEntries(agents.map((id) => [id, rows.map(({ cveNumber }) => anonymous(cveNumber))]));
    const source = fakeSource({ rows, servers: { 'CVE-2021-1000': agents }, ofAgent });

    const { strategy, pairs } = await collect(source, agents);

    expect([strategy, pairs.length]).toEqual(['by-agent', 20 * 12]);
    expect(source.asked).toHaveLength(1 + 1 + 12);
  });

  it('keeps agents that no listing holds', async () => {
    const index = new AgentIndex(['a']);
    const source = fakeSource({ rows: [named('CVE-2021-0001', 'a', 'x')] });

    await collectFindings(source, index, new SkipReport(createMockIntegrationLogger(), 'rows'));

    expect(index.unlisted).toEqual(['x']);
  });

  it('skips and counts rows whose number is no CVE', async () => {
    const skipped = new SkipReport(createMockIntegrationLogger(), 'rows');
    const source = fakeSource({ rows: [named('CVE-2021-0001', 'a'), named('ALAS-2021-1', 'a'), anonymous('TEMP-1')] });

    const { cves } = await collectFindings(source, new AgentIndex(['a']), skipped);

    expect([...cves.keys()]).toEqual(['CVE-2021-0001']);
    expect(skipped.total).toBe(2);
    expect(source.asked).toEqual(['listing']);
  });

  it('never has more than four listings under way', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => anonymous(`CVE-2021-${1000 + i}`));
    const source = fakeSource({ rows });

    await collect(source, agentIds(40));

    expect(source.peak).toBe(4);
  });

  it('passes an error on and asks no further', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => anonymous(`CVE-2021-${1000 + i}`));
    const source = fakeSource({ rows, failingCve: 'CVE-2021-1002' });

    await expect(collect(source, agentIds(40))).rejects.toThrow('no answer');

    expect(source.asked.length).toBeLessThan(12);
  });
});

interface FakeSource extends FindingsSource {
  /** What was asked for, in order. */
  readonly asked: string[];
  readonly peak: number;
}

function fakeSource(data: {
  rows: VulnerabilityRecord[];
  servers?: Record<string, string[]>;
  ofAgent?: Record<string, VulnerabilityRecord[]>;
  failingCve?: string;
}): FakeSource {
  const asked: string[] = [];
  let underWay = 0;
  let peak = 0;

  /** One record a page, so that paging is part of every test. */
  async function* pages<Item>(question: string, items: readonly Item[]): AsyncGenerator<readonly Item[]> {
    asked.push(question);
    underWay += 1;
    peak = Math.max(peak, underWay);
    try {
      await turn();
      for (const item of items) yield [item];
    } finally {
      underWay -= 1;
    }
  }

  return {
    asked,
    get peak() {
      return peak;
    },
    vulnerabilities: () => pages('listing', data.rows),
    vulnerabilitiesOfAgent: (agentId) => pages(`CVEs of ${agentId}`, data.ofAgent?.[agentId] ?? []),
    vulnerableServers(cve) {
      if (cve === data.failingCve) throw new Error('no answer');
      const agents = data.servers?.[cve] ?? [];
      return pages(
        `servers of ${cve}`,
        agents.map((agentId) => ({ agentId })),
      );
    },
  };
}

async function collect(source: FindingsSource, agents: string[]): Promise<CollectedFindings & { pairs: string[] }> {
  const index = new AgentIndex(agents);
  const collected = await collectFindings(source, index, new SkipReport(createMockIntegrationLogger(), 'rows'));
  const pairs = [...collected.cves.values()].flatMap((cve) =>
    [...cve.byAgent()].map(([agent]) => `${cve.cveId} ${index.ids[agent]}`),
  );
  return { ...collected, pairs: pairs.sort() };
}

function named(cveNumber: string, ...agents: string[]): VulnerabilityRecord {
  return { cveNumber, systemPackage: 'p', agents: agents.map((agentId) => ({ agentId })) };
}

/** The same row of another package. */
function packaged(row: VulnerabilityRecord, number: number): VulnerabilityRecord {
  return { ...row, systemPackage: `p${number}` };
}

function anonymous(cveNumber: string, systemPackage = 'p'): VulnerabilityRecord {
  return { cveNumber, systemPackage };
}

function agentIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `agent-${i}`);
}
