import { text } from '@vendor-graph/integration';
import type { VulnerabilityRecord } from '../records.js';

/** What one row of the vulnerability listing says about a CVE; two rows that say the same are one finding. */
export interface Finding {
  readonly reportedPackage: string | undefined;
  readonly systemPackage: string | undefined;
  readonly severity: string | undefined;
  readonly vector: string | undefined;
  readonly suppressed: boolean;
  readonly hasSecurityNotice: boolean;
}

/** Threat Stack grades by CVSS v2, which ends at high. */
const SEVERITY_ORDER: readonly string[] = ['low', 'medium', 'high'];

/** The CVE number in its official spelling; undefined when a text is none. */
export function cveIdOf(cveNumber: string): string | undefined {
  const id = cveNumber.trim().toUpperCase();
  return /^CVE-\d{4}-\d{4,}$/.test(id) ? id : undefined;
}

/** What a row says, without the CVE and the agents. */
export function toFinding(row: VulnerabilityRecord): Finding {
  return {
    reportedPackage: text(row.reportedPackage),
    systemPackage: text(row.systemPackage),
    severity: text(row.severity)?.toLowerCase(),
    vector: text(row.vectorType)?.toLowerCase(),
    suppressed: row.isSuppressed ?? false,
    hasSecurityNotice: (row.securityNotices?.length ?? 0) > 0,
  };
}

/** The gravest severity of several findings; one that Threat Stack does not use counts as less than all. */
export function highestSeverity(findings: readonly Finding[]): string | undefined {
  return findings
    .map(({ severity }) => severity)
    .filter((severity) => severity !== undefined)
    .reduce<string | undefined>((highest, severity) => {
      return highest === undefined || SEVERITY_ORDER.indexOf(severity) > SEVERITY_ORDER.indexOf(highest)
        ? severity
        : highest;
    }, undefined);
}

/** How an attacker reaches the weakness: over the network if any finding says so, else what the first one says. */
export function widestVector(findings: readonly Finding[]): string | undefined {
  const vectors = findings.map(({ vector }) => vector).filter((vector) => vector !== undefined);
  return vectors.includes('network') ? 'network' : vectors[0];
}
