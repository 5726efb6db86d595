import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { SkipReport } from '@vendor-graph/integration';
import { beforeAll, expect, it } from 'vitest';
import type { VulnerabilityRecord } from '../records.js';
import { AgentIndex } from './agent-index.js';
import { collectFindings } from './collect-findings.js';
import { relationshipBatches } from './relationship-batches.js';

const AGENTS = 10_000;
const CVES = 2_000;
const AGENTS_PER_CVE = 500;
const ROWS_PER_PAGE = 100;
const MEBIBYTE = 2 ** 20;

let collectGarbage: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collectGarbage = runInNewContext('gc') as () => void;
});

it('holds a million pairs of agent and CVE in far less than 300 MB, and gives memory back while it writes them out', async () => {
  const agentIds = Array.from({ length: AGENTS }, (_, i) => `8b0f0b28-7fce-11e9-a123-${String(i).padStart(12, '0')}`);
  const index = new AgentIndex(agentIds);
  const before = usedBytes();

  const source = {
    vulnerabilities: () => pagesOfRows(agentIds),
    vulnerabilitiesOfAgent: () => pagesOfRows([]),
    vulnerableServers: () => pagesOfServers(agentIds.slice(0, AGENTS_PER_CVE)),
  };
  const { cves } = await collectFindings(source, index, new SkipReport(createMockIntegrationLogger(), 'rows'));
  const afterCollecting = usedBytes() - before;

  let relationships = 0;
  let whileWriting = 0;
  let batches = 0;
  for (const batch of relationshipBatches(cves, (agent) => `threatstack:agent:${index.ids[agent]}`)) {
    relationships += batch.length;
    if ((batches += 1) % 250 === 0) whileWriting = Math.max(whileWriting, usedBytes() - before);
  }
  const afterwards = usedBytes() - before;

  expect(relationships).toBe(1_000_000);
  expect(afterCollecting).toBeLessThan(30 * MEBIBYTE);
  expect(whileWriting).toBeLessThan(30 * MEBIBYTE);
  expect(afterwards).toBeLessThan(5 * MEBIBYTE);
});

/** What is in use on the heap and in typed arrays, garbage not counted. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function* pagesOfRows(agentIds: readonly string[]): AsyncGenerator<VulnerabilityRecord[]> {
  for (let first = 0; first < CVES; first += ROWS_PER_PAGE) {
    // As out of JSON: every text is a new one.
    const rows = Array.from({ length: ROWS_PER_PAGE }, (_, i) => rowOf(first + i, agentIds));
    yield JSON.parse(JSON.stringify(rows)) as VulnerabilityRecord[];
  }
}

function rowOf(number: number, agentIds: readonly string[]): VulnerabilityRecord {
  const agents = Array.from({ length: AGENTS_PER_CVE }, (_, i) => ({
    agentId: agentIds[(number * 7 + i * 3) % AGENTS] ?? '',
  }));
  return {
    cveNumber: `CVE-2021-${10_000 + number}`,
    reportedPackage: `package-${number % 50} 1.0`,
    systemPackage: `package-${number % 50} 1.0-${number}`,
    severity: 'medium',
    vectorType: 'network',
    isSuppressed: false,
    agents,
  };
}

async function* pagesOfServers(agentIds: readonly string[]): AsyncGenerator<{ agentId: string }[]> {
  yield agentIds.map((agentId) => ({ agentId }));
}
