import {
  createMappedRelationship,
  truncateEntityPropertyValue,
  type MappedRelationship,
  type TargetEntityProperties,
} from '@jupiterone/integration-sdk-core';
import { AGENT_IDENTIFIED_CVE } from '../data-model.js';
import { highestSeverity, widestVector, type Finding } from './cve.js';

/** What one agent found of one CVE, as properties of the relationship; scalars only, because relationships hold nothing else. */
export type IdentifiedProperties = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The CVE as all integrations of an account see it. The entity is shared, so that nothing of a single host may stand on it;
 * severity and vector are those of the CVE as a whole, the same whichever agent found it.
 *
 * @param cveId in official spelling
 * @param findings all findings of this CVE, on whatever agent
 */
export function cveTarget(cveId: string, findings: readonly Finding[]): Readonly<TargetEntityProperties> {
  return Object.freeze({
    _class: 'Vulnerability',
    _type: AGENT_IDENTIFIED_CVE.targetType,
    _key: cveId.toLowerCase(),
    name: cveId,
    displayName: cveId,
    cveId,
    webLink: `https://nvd.nist.gov/vuln/detail/${cveId}`,
    severity: highestSeverity(findings),
    vector: widestVector(findings),
  });
}

/** Merges what one agent's packages say about one CVE. */
export function identifiedProperties(findings: readonly Finding[]): IdentifiedProperties {
  const systemPackages = distinct(findings.map(({ systemPackage }) => systemPackage));
  const reportedPackages = distinct(findings.map(({ reportedPackage }) => reportedPackage));
  return Object.freeze({
    finding: joined(systemPackages),
    package: joined(reportedPackages),
    packageCount: systemPackages.length > 0 ? systemPackages.length : reportedPackages.length,
    severity: highestSeverity(findings),
    vector: widestVector(findings),
    suppressed: findings.every(({ suppressed }) => suppressed),
    hasSecurityNotice: findings.some(({ hasSecurityNotice }) => hasSecurityNotice),
  });
}

/** The relationship of an agent to a CVE that it identified on its host; the CVE is created where the graph has none. */
export function identifiedRelationship(
  agentKey: string,
  target: Readonly<TargetEntityProperties>,
  properties: IdentifiedProperties,
): MappedRelationship {
  return createMappedRelationship({
    _class: AGENT_IDENTIFIED_CVE._class,
    _type: AGENT_IDENTIFIED_CVE._type,
    _key: `${agentKey}|identified|${String(target._key)}`,
    _mapping: {
      relationshipDirection: AGENT_IDENTIFIED_CVE.direction,
      sourceEntityKey: agentKey,
      targetFilterKeys: [['_type', '_key']],
      targetEntity: target,
    },
    properties: properties,
  });
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))].sort();
}

function joined(values: readonly string[]): string | undefined {
  return values.length > 0 ? truncateEntityPropertyValue(values.join(', ')) : undefined;
}
