// The least that any program must do to turn Panoptica's images, their vulnerabilities and its workloads into the same
// objects. It is made for what the simulator sends without odd records, and keeps all in memory until the end.
import { escherAuth } from '@vendor-graph/http';
import { PlainGraph, type PlainObject } from './plain-graph.js';
import { each, signedGet } from './signed-get.js';

const PAGE = 200;
/** As many as our client may have under way. */
const AT_ONCE = 32;
const PLACEHOLDER = 'Layer is unavailable. Vulnerabilities were reported without layer information';
const FIXES_WORST_FIRST = ['NO_FIX', 'PARTIAL_FIX', 'FIX_AVILABLE'];
const CVE_ID = /^CVE-\d{4}-\d{4,}$/;

type Counts = Partial<Record<string, number>>;

interface Image {
  id: string;
  imageName: string;
  imageTags: string[];
  imageHash: string;
  timeAdded: string;
  vulnerabilitiesSummary: Counts;
  isScanned: boolean;
  isIdentified: boolean;
  imageSourceType: string;
  dockerfileScanResultsSummary: Counts;
}

interface ContainerImage {
  repository: string;
  tag: string;
  hash: string | null;
  vulnerabilitySeverityLevel: string | null;
  dockerfileScanSeverity: string | null;
}

interface Workload {
  id: string;
  pod: { id: string; name: string; kind: string; containers: { image: ContainerImage }[] };
  podRuntimeInfo: { containers: { image: ContainerImage }[] };
  cluster: { id: string; name: string };
  namespace: { name: string };
  state: { lastSeen: string };
  isPublicFacing: boolean;
  risk: { level: string };
}

interface Row {
  id: string;
  name: string;
  description: string | null;
  link: string;
  severity: string;
  cvss: Metrics;
  vulnerabilitySources: {
    fixAvailability: string;
    sources: { packageName: string; packageVersion: string; fixVersion: string | null }[];
  };
  layerName: string;
}

/** All are null where nobody has rated the vulnerability. */
interface Metrics {
  score: number | null;
  attackVector: string | null;
  attackComplexity: string | null;
  privilegesRequired: string | null;
  userInteraction: string | null;
  scope: string | null;
  confidentialityImpact: string | null;
  integrityImpact: string | null;
  availabilityImpact: string | null;
}

interface Vulnerability {
  row: Row;
  fix: string;
  layers: Set<string>;
}

const graph = new PlainGraph();
const get = signedGet(
  process.env['PANOPTICA_API_BASE_URL'] ?? '',
  escherAuth({
    accessKeyId: process.env['PANOPTICA_ACCESS_KEY'] ?? '',
    secretKey: process.env['PANOPTICA_SECRET_KEY'] ?? '',
    credentialScope: 'global/services/portshift_request',
  }),
  AT_ONCE,
);
const [{ accountId }] = (await get('/users')) as [{ accountId: string }];
const account = `panoptica_account:${accountId}`;

const images = await list<Image>('/images?sortKey=TIME&sortDir=ASC');
for (const image of images) {
  const entity = imageOf(image);
  await graph.entity(entity);
  await graph.has('panoptica_account_has_image', account, entity._key);
}

const until = new Date();
const from = new Date(until.getTime() - 24 * 3_600_000);
const times = `startTime=${from.toISOString()}&endTime=${until.toISOString()}`;
for (const workload of await list<Workload>(`/appTelemetries?sortKey=appName&sortDir=ASC&${times}`)) {
  for (const { image } of workload.pod.containers) {
    const entity = containerOf(workload, image);
    await graph.entity(entity);
    const cluster = `panoptica_cluster:${workload.cluster.id}`;
    await graph.has('panoptica_cluster_has_container', cluster, entity._key);
  }
}

const vulnerabilities = new Map<string, Vulnerability>();
await each(images, AT_ONCE, async (image) => {
  const byVulnerability = new Map<string, Row[]>();
  for (const row of await list<Row>(`/images/${encodeURIComponent(image.id)}/vulnerabilities?sortDir=DESC`)) {
    merge(row);
    const rows = byVulnerability.get(row.id);
    if (rows === undefined) byVulnerability.set(row.id, [row]);
    else rows.push(row);
  }
  for (const rows of byVulnerability.values()) await graph.relationship(pairOf(image, rows));
});
for (const vulnerability of vulnerabilities.values()) await graph.entity(vulnerabilityOf(vulnerability));
await graph.end();

async function list<R>(path: string): Promise<R[]> {
  const rows: R[] = [];
  for (;;) {
    const page = (await get(`${path}&offset=${rows.length}&maxResults=${PAGE}`)) as R[];
    for (const row of page) rows.push(row);
    if (page.length < PAGE) return rows;
  }
}

function imageOf(image: Image): PlainObject {
  const { vulnerabilitiesSummary: found, dockerfileScanResultsSummary: scanned } = image;
  return {
    _key: `panoptica_image:${image.id}`,
    id: image.id,
    name: image.imageName,
    displayName: image.imageName,
    imageTags: image.imageTags,
    imageHash: image.imageHash,
    isScanned: image.isScanned,
    isIdentified: image.isIdentified,
    imageSourceType: image.imageSourceType,
    createdOn: Date.parse(image.timeAdded),
    vulnerabilitiesSummaryTotal: found['total'],
    vulnerabilitiesSummaryUnknown: found['unknown'],
    vulnerabilitiesSummaryLow: found['low'],
    vulnerabilitiesSummaryMedium: found['medium'],
    vulnerabilitiesSummaryHigh: found['high'],
    vulnerabilitiesSummaryCritical: found['critical'],
    dockerfileScanResultsSummaryTotal: scanned['total'],
    dockerfileScanResultsSummaryInfo: scanned['info'],
    dockerfileScanResultsSummaryWarn: scanned['warn'],
    dockerfileScanResultsSummaryFatal: scanned['fatal'],
    _class: ['Image'],
    _type: 'panoptica_image',
    _rawData: [{ name: 'default', rawData: image }],
  };
}

function containerOf(workload: Workload, { repository, tag }: ContainerImage): PlainObject {
  const { pod, cluster } = workload;
  const running = workload.podRuntimeInfo.containers.find(
    ({ image }) => image.repository === repository && image.tag === tag,
  );
  return {
    _key: `panoptica_container:${pod.id}:${tag}`,
    name: tag,
    displayName: tag,
    image: `${repository}:${tag}`,
    repository,
    tag,
    hash: running?.image.hash,
    vulnerabilitySeverityLevel: running?.image.vulnerabilitySeverityLevel,
    dockerfileScanSeverity: running?.image.dockerfileScanSeverity,
    podName: pod.name,
    podKind: pod.kind,
    namespace: workload.namespace.name,
    clusterId: cluster.id,
    clusterName: cluster.name,
    workloadRisk: workload.risk.level,
    isPublicFacing: workload.isPublicFacing,
    lastSeenOn: Date.parse(workload.state.lastSeen),
    _class: ['Container'],
    _type: 'panoptica_container',
  };
}

function merge(row: Row): void {
  const { fixAvailability } = row.vulnerabilitySources;
  const known = vulnerabilities.get(row.id);
  if (known === undefined) {
    vulnerabilities.set(row.id, { row, fix: fixAvailability, layers: new Set([row.layerName]) });
    return;
  }
  known.fix = worse(known.fix, fixAvailability);
  known.layers.add(row.layerName);
}

function worse(fix: string, other: string): string {
  return FIXES_WORST_FIRST.indexOf(other) < FIXES_WORST_FIRST.indexOf(fix) ? other : fix;
}

function vulnerabilityOf({ row, fix, layers }: Vulnerability): PlainObject {
  const { cvss } = row;
  const layerNames = [...layers].sort();
  return {
    _key: `panoptica_vulnerability:${row.id}`,
    id: row.id,
    name: row.name,
    displayName: row.name,
    description: row.description ?? undefined,
    category: 'other',
    severity: row.severity,
    blocking: false,
    production: false,
    public: false,
    open: true,
    cveId: CVE_ID.test(row.name) ? row.name : null,
    score: cvss.score ?? undefined,
    cvssScore: cvss.score ?? undefined,
    cvssAttackVector: cvss.attackVector ?? undefined,
    cvssAttackComplexity: cvss.attackComplexity ?? undefined,
    cvssPrivilegesRequired: cvss.privilegesRequired ?? undefined,
    cvssUserInteraction: cvss.userInteraction ?? undefined,
    cvssScope: cvss.scope ?? undefined,
    cvssConfidentialityImpact: cvss.confidentialityImpact ?? undefined,
    cvssIntegrityImpact: cvss.integrityImpact ?? undefined,
    cvssAvailabilityImpact: cvss.availabilityImpact ?? undefined,
    vulnerabilitySourcesFixAvailability: fix,
    layerName: layerNames.find((name) => name !== PLACEHOLDER) ?? PLACEHOLDER,
    layerNames,
    webLink: row.link,
    _class: ['Vulnerability'],
    _type: 'panoptica_vulnerability',
  };
}

/** An image and a vulnerability, which has a row for each layer of the image. */
function pairOf(image: Image, rows: readonly Row[]): PlainObject {
  const [{ id, vulnerabilitySources: first }] = rows as readonly [Row];
  const layers = new Set<string>();
  const names = new Set<string>();
  const versions = new Set<string>();
  const fixes = new Set<string>();
  let fix = first.fixAvailability;
  for (const { layerName, vulnerabilitySources } of rows) {
    fix = worse(fix, vulnerabilitySources.fixAvailability);
    layers.add(layerName);
    for (const { packageName, packageVersion, fixVersion } of vulnerabilitySources.sources) {
      names.add(packageName);
      versions.add(packageVersion);
      if (fixVersion !== null) fixes.add(fixVersion);
    }
  }
  const fromKey = `panoptica_image:${image.id}`;
  const toKey = `panoptica_vulnerability:${id}`;
  return {
    _key: `${fromKey}|has|${toKey}`,
    _type: 'panoptica_image_has_vulnerability',
    _class: 'HAS',
    _fromEntityKey: fromKey,
    _toEntityKey: toKey,
    displayName: 'HAS',
    fixAvailability: fix,
    layerNames: lines(layers),
    packageNames: lines(names),
    packageVersions: lines(versions),
    fixVersions: lines(fixes),
  };
}

function lines(texts: ReadonlySet<string>): string | undefined {
  return texts.size === 0 ? undefined : [...texts].sort().join('\n');
}
