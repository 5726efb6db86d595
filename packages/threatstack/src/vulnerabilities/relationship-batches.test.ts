import { expect, it } from 'vitest';
import { AgentIndex } from './agent-index.js';
import { CveFindings } from './cve-findings.js';
import { relationshipBatches } from './relationship-batches.js';

it('makes batches of at most 500 relationships across CVEs, and empties the map on the way', () => {
  const index = new AgentIndex(Array.from({ length: 600 }, (_, i) => `a${i}`));
  const cves = new Map(['CVE-2021-0001', 'CVE-2021-0002'].map((id) => [id, cveOnAll(id, index)]));
  const left: number[] = [];

  const sizes = [];
  for (const batch of relationshipBatches(cves, (agent) => `agent:${index.ids[agent]}`)) {
    sizes.push(batch.length);
    left.push(cves.size);
  }

  expect(sizes).toEqual([500, 500, 200]);
  expect(left).toEqual([2, 1, 0]);
});

it('makes a relationship for each agent in the graph, with the same target for all', () => {
  const index = new AgentIndex(['a', 'b', 'unknown']);
  const cve = new CveFindings('CVE-2021-21334', 'cve-2021-21334');
  cve.addRow({ cveNumber: 'x', systemPackage: 'runc', severity: 'low', agents: ids('a', 'unknown') }, index);
  cve.addRow({ cveNumber: 'x', systemPackage: 'containerd', severity: 'high', agents: ids('b') }, index);

  const [batch = []] = [
    ...relationshipBatches(new Map([[cve.cveId, cve]]), (agent) =>
      index.ids[agent] === 'unknown' ? undefined : `agent:${index.ids[agent]}`,
    ),
  ];

  expect(batch.map(({ _key, finding, severity }) => [_key, finding, severity])).toEqual([
    ['agent:a|identified|cve-2021-21334', 'runc', 'low'],
    ['agent:b|identified|cve-2021-21334', 'containerd', 'high'],
  ]);
  expect(batch.map(({ _mapping }) => _mapping.targetEntity['severity'])).toEqual(['high', 'high']);
});

it('makes nothing of nothing', () => {
  expect([...relationshipBatches(new Map(), () => 'agent:a')]).toEqual([]);
});

function cveOnAll(id: string, index: AgentIndex): CveFindings {
  const cve = new CveFindings(id, id);
  cve.addRow({ cveNumber: id, agents: ids(...index.listed) }, index);
  return cve;
}

function ids(...agentIds: string[]): { agentId: string }[] {
  return agentIds.map((agentId) => ({ agentId }));
}
