import { mapConcurrent } from '@vendor-graph/flow-control';
import type { SkipReport } from '@vendor-graph/integration';
import { MAX_CONCURRENT_REQUESTS, type ThreatStackClient } from '../client.js';
import { cveIdOf } from '../converters/cve.js';
import type { VulnerabilityRecord } from '../records.js';
import type { AgentIndex } from './agent-index.js';
import { CveFindings } from './cve-findings.js';
import { ListLengths } from './list-lengths.js';

/**
 * How it was found out which agents have which CVE: from the rows themselves, by asking for the servers of each CVE that the
 * rows leave open, or by asking for the CVEs of each agent.
 */
export type Strategy = 'rows' | 'by-cve' | 'by-agent';

export interface CollectedFindings {
  /** By official spelling. Who has written one out deletes it, so that its memory is free. */
  readonly cves: Map<string, CveFindings>;
  readonly strategy: Strategy;
  /** The length at which Threat Stack cuts the lists of agents in its rows off, if it does. */
  readonly truncatedAt: number | undefined;
}

/** What is asked of Threat Stack here. */
export type FindingsSource = Pick<
  ThreatStackClient,
  'vulnerabilities' | 'vulnerabilitiesOfAgent' | 'vulnerableServers'
>;

/**
 * Reads all vulnerabilities and the agents that have them, with as few requests as possible: an organization has 200 a
 * minute, and a large one has thousands of CVEs on thousands of agents.
 *
 * @param index the agents of the graph; agents that only the vulnerability data names are added to it
 * @param skipped counts what cannot be read
 */
export async function collectFindings(
  source: FindingsSource,
  index: AgentIndex,
  skipped: SkipReport,
): Promise<CollectedFindings> {
  const cves = new CveCollection(skipped);
  const lengths = new ListLengths();
  for await (const rows of source.vulnerabilities(skipped, whenAgentsAreCheaper(index.listedCount))) {
    for (const row of rows) {
      cves.findingsOf(row)?.addRow(row, index);
      if (row.agents !== undefined) lengths.add(row.agents.length);
    }
  }

  const open = new Set(cves.select((cve) => cve.hasAnonymousRows));
  // Reading agent by agent is cheaper already, and makes the check of the rows' lists needless.
  if (open.size > index.listedCount) return readByAgent(source, index, cves, undefined, skipped);

  const allRowsName = open.size === 0;
  const truncatedAt = await truncationOf(source, lengths.suspicious, cves, index, open, skipped);
  if (open.size > index.listedCount) return readByAgent(source, index, cves, truncatedAt, skipped);
  await readByCve(source, index, open, truncatedAt, skipped);
  return { cves: cves.byId, strategy: allRowsName && truncatedAt === undefined ? 'rows' : 'by-cve', truncatedAt };
}

/**
 * Tells, page by page, when the rest of the listing is of no use: once the rows leave more CVEs open than there are agents,
 * each agent will be asked for all of its CVEs. Where rows name their agents, the listing is read to its end: it may name
 * agents that nothing else does.
 */
function whenAgentsAreCheaper(agents: number): (rows: readonly VulnerabilityRecord[]) => boolean {
  const open = new Set<string>();
  let isNaming = false;
  return (rows) => {
    isNaming ||= rows.some((row) => row.agents !== undefined);
    if (isNaming) return false;
    for (const { cveNumber } of rows) {
      const id = cveIdOf(cveNumber);
      if (id !== undefined) open.add(id);
    }
    return open.size > agents;
  };
}

/** CVEs as they turn up in rows. */
class CveCollection {
  readonly byId = new Map<string, CveFindings>();

  constructor(private readonly skipped: SkipReport) {}

  /** The CVE of a row; undefined (and counted) when the row's number is none. */
  findingsOf(row: VulnerabilityRecord): CveFindings | undefined {
    const id = cveIdOf(row.cveNumber);
    if (id === undefined) {
      this.skipped.skip('without a CVE number');
      return undefined;
    }
    let findings = this.byId.get(id);
    if (findings === undefined) {
      findings = new CveFindings(id, row.cveNumber.trim());
      this.byId.set(id, findings);
    }
    return findings;
  }

  select(predicate: (cve: CveFindings) => boolean): CveFindings[] {
    return [...this.byId.values()].filter(predicate);
  }
}

/**
 * Finds out with one CVE whether lists of a suspicious length are cut off. If so, the CVEs with such lists join the open
 * ones. The CVE that was read for the proof is open no longer.
 *
 * @returns the length at which lists are cut off, or undefined
 */
async function truncationOf(
  source: FindingsSource,
  length: number | undefined,
  cves: CveCollection,
  index: AgentIndex,
  open: Set<CveFindings>,
  skipped: SkipReport,
): Promise<number | undefined> {
  if (length === undefined) return undefined;
  const suspects = cves.select((cve) => cve.hasListOf(length));
  // Of a CVE with a single row, the row's list and the answer have to agree; where rows name no agents, they cannot.
  const sample = suspects.find((cve) => cve.rows === 1) ?? suspects.find((cve) => !cve.hasAnonymousRows) ?? suspects[0];
  if (sample === undefined) return undefined;

  const agents = await agentsWith(source, sample, skipped);
  const truncatedAt = new Set(agents).size > sample.agentCount ? length : undefined;
  if (truncatedAt !== undefined) for (const cve of suspects) open.add(cve);
  if (open.delete(sample)) sample.addAgents(numbersOf(agents, index), truncatedAt);
  return truncatedAt;
}

async function readByCve(
  source: FindingsSource,
  index: AgentIndex,
  open: ReadonlySet<CveFindings>,
  truncatedAt: number | undefined,
  skipped: SkipReport,
): Promise<void> {
  const answers = mapConcurrent(
    open,
    async (cve, signal) => ({ cve, agents: await agentsWith(source, cve, skipped, signal) }),
    { concurrency: MAX_CONCURRENT_REQUESTS },
  );
  for await (const { cve, agents } of answers) cve.addAgents(numbersOf(agents, index), truncatedAt);
}

async function readByAgent(
  source: FindingsSource,
  index: AgentIndex,
  cves: CveCollection,
  truncatedAt: number | undefined,
  skipped: SkipReport,
): Promise<CollectedFindings> {
  const answers = mapConcurrent(
    index.listed,
    async (agentId, signal) => {
      const rows: VulnerabilityRecord[] = [];
      for await (const page of source.vulnerabilitiesOfAgent(agentId, skipped, signal)) rows.push(...page);
      return { agentId, rows };
    },
    { concurrency: MAX_CONCURRENT_REQUESTS },
  );
  for await (const { agentId, rows } of answers) {
    for (const row of rows) cves.findingsOf(row)?.addRowOf(index.numberOf(agentId), row);
  }
  return { cves: cves.byId, strategy: 'by-agent', truncatedAt };
}

/** Ids of the agents that have a CVE. */
async function agentsWith(
  source: FindingsSource,
  cve: CveFindings,
  skipped: SkipReport,
  signal?: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const servers of source.vulnerableServers(cve.vendorNumber, skipped, signal))
    ids.push(...servers.map(({ agentId }) => agentId));
  return ids;
}

function numbersOf(agentIds: readonly string[], index: AgentIndex): number[] {
  return agentIds.map((id) => index.numberOf(id));
}
