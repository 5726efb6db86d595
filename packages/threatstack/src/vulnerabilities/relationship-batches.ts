import type { MappedRelationship } from '@jupiterone/integration-sdk-core';
import type { Finding } from '../converters/cve.js';
import {
  cveTarget,
  identifiedProperties,
  identifiedRelationship,
  type IdentifiedProperties,
} from '../converters/identified.js';
import type { CveFindings } from './cve-findings.js';

/** So many relationships are made before they are handed on; no more exist at once. */
const BATCH_SIZE = 500;

/**
 * The relationships of agents to CVEs, CVE by CVE in batches. A CVE leaves the map when its turn has come, so that memory
 * falls while the batches are written.
 *
 * @param agentKeyOf key of the entity of an agent, by the agent's number; undefined when the graph has no such entity
 */
export function* relationshipBatches(
  cves: Map<string, CveFindings>,
  agentKeyOf: (agent: number) => string | undefined,
): Generator<MappedRelationship[], void, undefined> {
  let batch: MappedRelationship[] = [];
  for (const [id, cve] of cves) {
    for (const relationship of relationshipsOf(cve, agentKeyOf)) {
      batch.push(relationship);
      if (batch.length < BATCH_SIZE) continue;
      yield batch;
      batch = [];
    }
    cves.delete(id);
  }
  if (batch.length > 0) yield batch;
}

function* relationshipsOf(
  cve: CveFindings,
  agentKeyOf: (agent: number) => string | undefined,
): Generator<MappedRelationship, void, undefined> {
  const target = cveTarget(cve.cveId, cve.findings);
  const propertiesOf = new Map<readonly Finding[], IdentifiedProperties>();
  for (const [agent, findings] of cve.byAgent()) {
    const agentKey = agentKeyOf(agent);
    if (agentKey === undefined) continue;
    const properties = propertiesOf.get(findings) ?? identifiedProperties(findings);
    propertiesOf.set(findings, properties);
    yield identifiedRelationship(agentKey, target, properties);
  }
}
