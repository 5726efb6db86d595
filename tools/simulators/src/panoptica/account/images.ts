import type { Random } from '../../kit/random.js';
import type { PanopticaOptions } from '../options.js';
import { SEVERITIES } from './advisories.js';
import { LAYER_PLACEHOLDER, plannedFindings } from './findings.js';
import type { Findings } from './findings.js';

/** A row of `GET /images`. */
export interface ImageRow {
  id: string;
  imageName: string;
  imageTags: readonly string[];
  imageHash: string;
  timeAdded: string;
  vulnerabilitiesSummary: SeveritySummary | null;
  isScanned: boolean;
  isIdentified: boolean;
  imageSourceType: string;
  dockerfileScanResultsSummary: Readonly<Record<'total' | 'info' | 'warn' | 'fatal', number>> | null;
}

export type SeveritySummary = Readonly<Record<'total' | 'unknown' | 'low' | 'medium' | 'high' | 'critical', number>>;

export interface SimulatedImage {
  row: ImageRow;
  findings: Findings;
}

const REPOSITORIES = ['bitnami/mariadb', 'library/nginx', 'example/checkout', 'example/k8s-agent', 'library/redis'];
const SOURCES = ['RISK_ASSESSMENT', 'DOCKER_PLUGIN_CI', 'RUNTIME', 'JENKINS_PLUGIN_CI'];
const FIRST_ADDED = Date.UTC(2024, 0, 8, 5, 28, 30, 364);

/** The ordinary images: number i has the rows from `i * rowsPerImage` on, so that neighbours share vulnerabilities. */
export function ordinaryImages(seeded: Random, options: PanopticaOptions): SimulatedImage[] {
  const { images, rowsPerImage, distinctVulnerabilities } = options;
  return Array.from({ length: images }, (_, index) => {
    const random = seeded.fork('image', index);
    const repository = random.pick(REPOSITORIES);
    const findings = plannedFindings(seeded, {
      rows: rowsPerImage,
      first: index * rowsPerImage,
      distinct: Math.max(1, distinctVulnerabilities),
      layers: [
        `ADD file:${seeded.fork('base layer', index % 7).hex(40)} in / `,
        `RUN /bin/sh -c apt-get update && apt-get install -y ca-certificates curl # base ${index % 7}`,
        `COPY dir:${random.hex(40)} in /srv `,
        LAYER_PLACEHOLDER,
      ],
      variant: index,
    });
    const row: ImageRow = {
      id: random.uuid(),
      imageName: `docker.io/${repository}`,
      imageTags: [`1.${index}.0`],
      imageHash: random.hex(64),
      // A pipeline adds several images within one tick of the clock.
      timeAdded: new Date(FIRST_ADDED + Math.floor(index / 5) * 3_600_000).toISOString(),
      vulnerabilitiesSummary: summaryOf(findings),
      isScanned: true,
      isIdentified: index % 4 === 0,
      imageSourceType: SOURCES[index % SOURCES.length] ?? 'RUNTIME',
      dockerfileScanResultsSummary: { total: index % 3, info: 0, warn: index % 3, fatal: 0 },
    };
    return { row, findings };
  });
}

/** The service counts distinct vulnerabilities; as here, that need not be the number of rows. */
export function summaryOf(findings: Findings): SeveritySummary {
  const counted = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (let index = 0; index < findings.count; index += 1) counted[findings.severityAt(index)] += 1;
  const total = SEVERITIES.reduce((sum, severity) => sum + counted[severity], 0);
  return {
    total,
    unknown: counted.UNKNOWN,
    low: counted.LOW,
    medium: counted.MEDIUM,
    high: counted.HIGH,
    critical: counted.CRITICAL,
  };
}
