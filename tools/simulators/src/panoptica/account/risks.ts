import type { Random } from '../../kit/random.js';
import type { SimulatedCluster } from './clusters.js';

/** A row of `GET /riskAssessment`. */
export type RiskRow = Readonly<Record<string, unknown>>;

/** One for each cluster; for a cluster named "bare", what the service knows before the first scan. */
export function risks(seeded: Random, clusters: readonly SimulatedCluster[]): RiskRow[] {
  return clusters
    .filter(({ id }) => id !== '')
    .map(({ id, name }) => (name === 'bare' ? neverScanned(id, name) : scanned(seeded.fork('risk', id), id, name)));
}

function neverScanned(clusterId: string, clusterName: string): RiskRow {
  return {
    id: null,
    time: null,
    total: null,
    scanned: null,
    clusterId,
    clusterName,
    status: 'NOT_SCANNED',
    vulnerabilitiesSummary: null,
    dockerfileScanResultsSummary: null,
    scanConfig: null,
    hasFailed: false,
  };
}

function scanned(random: Random, clusterId: string, clusterName: string): RiskRow {
  const total = random.integer(5, 60);
  const [medium, high, critical] = [random.integer(0, 300), random.integer(0, 200), random.integer(0, 60)];
  return {
    id: random.uuid(),
    time: '2024-02-28T05:27:19.467Z',
    total,
    scanned: total,
    clusterId,
    clusterName,
    status: 'DONE',
    vulnerabilitiesSummary: { total: medium + high + critical, unknown: 0, low: 0, medium, high, critical },
    dockerfileScanResultsSummary: { total: 0, info: 0, warn: 0, fatal: 0 },
    scanConfig: {
      namespaces: ['default', 'shop'],
      maxParallelism: 10,
      minimumSeverity: 'MEDIUM',
      periodicJobExpression: { PeriodicJobType: 'ByDaysPeriodicJobExpression' },
      runDockerfileScan: false,
    },
    // True together with DONE was seen on the live service.
    hasFailed: random.chance(0.5),
  };
}
