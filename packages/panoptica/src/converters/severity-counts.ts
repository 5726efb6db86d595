import type { Image } from '../records.js';

type VulnerabilityCounts = Image['vulnerabilitiesSummary'];
type DockerfileCounts = Image['dockerfileScanResultsSummary'];

/** Flat properties of an entity. */
export type SeverityCounts = Readonly<
  Record<
    | `vulnerabilitiesSummary${'Total' | 'Unknown' | 'Low' | 'Medium' | 'High' | 'Critical'}`
    | `dockerfileScanResultsSummary${'Total' | 'Info' | 'Warn' | 'Fatal'}`,
    number | undefined
  >
>;

/** The two summaries that images and risks carry, as flat properties; nothing where the service sent none. */
export function severityCounts(vulnerabilities: VulnerabilityCounts, dockerfile: DockerfileCounts): SeverityCounts {
  return {
    vulnerabilitiesSummaryTotal: vulnerabilities?.total,
    vulnerabilitiesSummaryUnknown: vulnerabilities?.unknown,
    vulnerabilitiesSummaryLow: vulnerabilities?.low,
    vulnerabilitiesSummaryMedium: vulnerabilities?.medium,
    vulnerabilitiesSummaryHigh: vulnerabilities?.high,
    vulnerabilitiesSummaryCritical: vulnerabilities?.critical,
    dockerfileScanResultsSummaryTotal: dockerfile?.total,
    dockerfileScanResultsSummaryInfo: dockerfile?.info,
    dockerfileScanResultsSummaryWarn: dockerfile?.warn,
    dockerfileScanResultsSummaryFatal: dockerfile?.fatal,
  };
}
