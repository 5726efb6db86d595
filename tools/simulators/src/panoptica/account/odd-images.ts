import type { Random } from '../../kit/random.js';
import { advisory } from './advisories.js';
import { LAYER_PLACEHOLDER, listedFindings, plannedFindings, sources } from './findings.js';
import type { FindingRow, Findings } from './findings.js';
import { summaryOf } from './images.js';
import type { ImageRow, SimulatedImage } from './images.js';

/** Vulnerabilities of the odd images are numbered from here, so that the ordinary ones keep to themselves. */
const FIRST_ODD = 1_000_000;
const LAYERS = ['RUN /bin/sh -c make install', 'RUN /bin/sh -c apk add --no-cache bash', 'COPY . /app'];

/** Numbers of rows at which pages end. */
const BORDERS = [1, 100, 200, 400] as const;

/** One image for each oddity that the service's image and vulnerability lists are known for. */
export function oddImages(seeded: Random): SimulatedImage[] {
  const ofRows = (rows: number, first: number) =>
    plannedFindings(seeded, {
      rows,
      first: FIRST_ODD + first,
      distinct: 10 * FIRST_ODD,
      layers: LAYERS,
      variant: first,
    });
  const image = (name: string, findings: Findings, changes: Partial<ImageRow> = {}): SimulatedImage => {
    const random = seeded.fork('odd image', name);
    const row: ImageRow = {
      id: random.uuid(),
      imageName: `registry.example.com/odd/${name}`,
      imageTags: ['latest'],
      imageHash: random.hex(64),
      timeAdded: '2024-02-01T10:00:00.000Z',
      vulnerabilitiesSummary: summaryOf(findings),
      isScanned: true,
      isIdentified: false,
      imageSourceType: 'RISK_ASSESSMENT',
      dockerfileScanResultsSummary: { total: 0, info: 0, warn: 0, fatal: 0 },
      ...changes,
    };
    return { row, findings };
  };
  const nothing = { total: 0, unknown: 0, low: 0, medium: 0, high: 0, critical: 0 };
  return [
    image('summary-empty-but-rows', ofRows(73, 0), { vulnerabilitiesSummary: nothing }),
    image('summary-but-no-rows', ofRows(0, 0), {
      vulnerabilitiesSummary: { ...nothing, total: 29, medium: 7, high: 14, critical: 8 },
    }),
    ...BORDERS.map((rows) => image(`${rows}-rows`, ofRows(rows, 100))),
    image('no-summaries', ofRows(3, 50), { vulnerabilitiesSummary: null, dockerfileScanResultsSummary: null }),
    image('made-by-hand', ofRows(2, 60), { imageHash: 'Sample Image ID', imageTags: [] }),
    image('every-layer', listedFindings(everyLayer(seeded, 0))),
    image('every-layer-again', listedFindings(everyLayer(seeded, 1))),
  ];
}

/** One vulnerability in three layers, in one image with a fix and in the other without; and rows with next to nothing. */
function everyLayer(seeded: Random, variant: number): FindingRow[] {
  const shared = { ...advisory(seeded, FIRST_ODD + 900), id: seeded.fork('shared').uuid(), name: 'CVE-2019-5481' };
  const bare = { ...advisory(seeded, FIRST_ODD + 901), name: 'GHSA-c2qf-rxjj-qqgw', description: null };
  const unscored = Object.fromEntries(Object.keys(bare.cvss).map((key) => [key, null]));
  return [
    ...[LAYER_PLACEHOLDER, `RUN install_packages curl # ${variant}`, 'ADD file:0 in /'].map((layerName) => ({
      ...shared,
      layerName,
      vulnerabilitySources: {
        fixAvailability: variant === 0 ? 'FIX_AVILABLE' : 'NO_FIX',
        sources: [
          {
            packageName: 'curl',
            packageVersion: '7.52.1-5+deb9u9',
            fixVersion: variant === 0 ? '7.52.1-5+deb9u10' : null,
          },
        ],
      },
    })),
    { ...bare, cvss: unscored, vulnerabilitySources: sources(901, variant), layerName: LAYER_PLACEHOLDER },
  ];
}
