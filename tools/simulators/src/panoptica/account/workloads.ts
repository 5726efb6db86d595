import type { Random } from '../../kit/random.js';
import type { PanopticaOptions } from '../options.js';
import type { SimulatedCluster } from './clusters.js';
import type { SimulatedImage } from './images.js';

/** A row of `GET /appTelemetries`. */
export interface WorkloadRow {
  id: string;
  pod: Readonly<Record<string, unknown> & { id: string }> | null;
  [field: string]: unknown;
}

interface ContainerRow {
  image: Readonly<Record<string, string | null>>;
}

interface ContainerPlan {
  repository: string;
  tag: string | null;
  hash: string;
}

const KINDS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
const RISKS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

export function workloads(
  seeded: Random,
  clusters: readonly SimulatedCluster[],
  images: readonly SimulatedImage[],
  options: PanopticaOptions,
): WorkloadRow[] {
  const known = clusters.filter(({ id }) => id !== '');
  const ordinary = Array.from({ length: known.length === 0 ? 0 : options.workloads }, (_, index) => {
    const random = seeded.fork('workload', index);
    const [first, second] = [index, index + 1].map((number) => containerOf(images, number, random));
    const containers = [first, ...(index % 2 === 0 ? [second] : [])].filter((plan) => plan !== undefined);
    return workload(random, `service-${index}`, random.pick(known), containers);
  });
  return [...ordinary, ...(options.oddities ? oddWorkloads(seeded.fork('odd workloads'), known) : [])];
}

function oddWorkloads(random: Random, clusters: readonly SimulatedCluster[]): WorkloadRow[] {
  const [cluster, otherCluster = cluster] = clusters;
  if (cluster === undefined || otherCluster === undefined) return [];
  const hash = random.hex(64);
  const sharedPod = workload(random, 'in-two-clusters', cluster, [
    { repository: 'quay.io/shared/pod', tag: '3.2.1', hash },
  ]);
  return [
    // A mesh: two repositories with one tag.
    workload(random, 'same-tag', cluster, [
      { repository: 'docker.io/mesh/proxy', tag: 'latest', hash: random.hex(64) },
      { repository: 'docker.io/mesh/agent', tag: 'latest', hash: random.hex(64) },
    ]),
    workload(random, 'without-tag', cluster, [{ repository: 'docker.io/example/untagged', tag: null, hash }]),
    workload(random, 'without-containers', cluster, []),
    workload(random, 'elsewhere', { id: random.uuid(), name: 'unknown' }, [
      { repository: 'docker.io/example/elsewhere', tag: '1.0', hash: random.hex(64) },
    ]),
    { ...workload(random, 'external', cluster, []), pod: null, workloadType: 'EXTERNAL' },
    sharedPod,
    { ...sharedPod, id: random.uuid(), cluster: { id: otherCluster.id, name: otherCluster.name } },
  ];
}

function containerOf(images: readonly SimulatedImage[], number: number, random: Random): ContainerPlan {
  const row = images.length === 0 ? undefined : images[number % images.length]?.row;
  return row === undefined
    ? { repository: 'docker.io/example/app', tag: `2.${number}`, hash: random.hex(64) }
    : { repository: row.imageName, tag: row.imageTags[0] ?? null, hash: row.imageHash };
}

function workload(
  random: Random,
  name: string,
  cluster: Pick<SimulatedCluster, 'id' | 'name'>,
  containers: readonly ContainerPlan[],
): WorkloadRow {
  const risk = random.pick(RISKS);
  return {
    id: random.uuid(),
    securecnId: random.uuid(),
    app: { name: null, type: null, deleted: false },
    instance: { agentId: random.hex(40) },
    environment: { id: null, name: null },
    network: { address: null },
    appRuntimeInfo: { executable: null },
    pod: {
      id: random.uuid(),
      name,
      labels: [{ key: 'app', value: name }],
      // Hash and severities are null in this list, always.
      containers: containers.map(({ repository, tag }) => container({ repository, tag })),
      initContainers: [container({ repository: 'docker.io/bitnami/minideb', tag: 'stretch' })],
      isIdentified: true,
      isProtected: false,
      kind: random.pick(KINDS),
      podDefinitionSource: 'KUBERNETES',
      permissionOwnerName: 'default',
    },
    cluster: { id: cluster.id, name: cluster.name },
    namespace: { id: null, name: random.pick(['default', 'shop', 'payments']), labels: null },
    workloadType: 'POD',
    expansion: null,
    violation: null,
    state: {
      status: 'ACTIVE',
      statusReason: null,
      startTime: '2024-01-10T05:25:21.949Z',
      lastSeen: `2024-02-${random.integer(10, 29)}T18:59:08.178Z`,
    },
    podRuntimeInfo: {
      // What runs is listed in another order.
      containers: containers
        .map((plan) => container({ ...plan, vulnerabilitySeverityLevel: risk, dockerfileScanSeverity: 'WARN' }))
        .reverse(),
      initContainers: [],
    },
    podSpecInfo: { containers: containers.map((_, index) => ({ name: `container-${index}` })) },
    tokenInjectionStatus: null,
    isPodProtected: false,
    unprotectedReasons: [],
    highestVulnerability: risk,
    highestSecurityContextRisk: 'MEDIUM',
    highestDockerfileScanResult: null,
    podIdentification: 'IDENTIFIED',
    isPublicFacing: random.chance(0.3),
    risk: { level: risk, reasons: [] },
  };
}

function container(image: Readonly<Record<string, string | null>>): ContainerRow {
  return { image: { hash: null, vulnerabilitySeverityLevel: null, dockerfileScanSeverity: null, ...image } };
}
