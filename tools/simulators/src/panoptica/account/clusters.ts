import type { Random } from '../../kit/random.js';
import type { PanopticaOptions } from '../options.js';

/** A row of `GET /kubernetesClusters`, in either shape. */
export type ClusterRow = Readonly<Record<string, unknown>>;

export interface SimulatedCluster {
  id: string;
  name: string;
  row: ClusterRow;
}

const PLATFORMS = ['GKE', 'EKS', 'AKS', 'OPENSHIFT', 'KUBERNETES'] as const;
/** What no client may keep; tests look for this word. */
const CANARY = 'canary';

export function clusters(seeded: Random, options: PanopticaOptions): SimulatedCluster[] {
  const shape = options.clusterShape === 'flat' ? flat : wrapped;
  const ordinary = Array.from({ length: options.clusters }, (_, index) => {
    const random = seeded.fork('cluster', index);
    const id = random.uuid();
    const name = `production-${index + 1}`;
    return { id, name, row: shape(id, name, random) };
  });
  const bareId = seeded.fork('bare cluster').uuid();
  // One with nothing but what it cannot do without, and one that lacks even that.
  const odd = [
    {
      id: bareId,
      name: 'bare',
      row: options.clusterShape === 'flat' ? bare(bareId) : { KubernetesCluster: bare(bareId) },
    },
    {
      id: '',
      name: '',
      row: options.clusterShape === 'flat' ? { name: 'without id' } : { KubernetesCluster: { name: 'without id' } },
    },
  ];
  return [...ordinary, ...(options.oddities ? odd : [])];
}

function bare(id: string): ClusterRow {
  return { id, name: 'bare', proxyConfiguration: null, istioInstallationParameters: null, externalCa: null };
}

/** As recorded in 2022. */
function flat(id: string, name: string, random: Random): ClusterRow {
  return {
    id,
    name,
    ...settings(random),
    tracingSupportSettings: {
      installTracingSupport: true,
      traceAnalyzerEnabled: false,
      specReconstructorEnabled: true,
    },
    externalCa: { id: null, name: null },
    autoUpdateEnabled: random.chance(0.5),
  };
}

/** As documented since 2023, with everything secret that it holds. */
function wrapped(id: string, name: string, random: Random): ClusterRow {
  return {
    KubernetesCluster: {
      id,
      name,
      ...settings(random),
      accountName: 'Example Corp',
      installTracingSupport: true,
      installEnvoyTracingSupport: false,
      useExternalCA: false,
      autoUpgradeControllerVersion: random.chance(0.5),
      ciImageSignatureValidation: false,
      kubernetesSecurity: true,
      supportExternalTraceSource: false,
      installationSource: random.pick(['HELM', 'SCRIPT']),
      k8sEventsEnabled: true,
      controllerStatus: random.pick(['ACTIVE', 'INACTIVE']),
      controllerDataResponse: { sharedKey: `${CANARY}-shared-key-${random.hex(8)}` },
      helmCommandsInstallation: { install: `helm install --set agent.secret=${CANARY}-helm-${random.hex(8)}` },
    },
    Agent: {
      id: random.hex(40),
      type: 'KUBERNETES_AGENT',
      sharedSecret: `${CANARY}-shared-secret-${random.hex(8)}`,
      info: { status: 'ACTIVE', version: '1.193.0', enabled: true, lastActive: '2024-02-29T23:59:58.000Z' },
      kubernetesVersion: `1.${random.integer(25, 29)}`,
      nodes: random.integer(3, 24),
      vcpus: '96',
      environments: [],
      instance: null,
      statusCodes: [],
    },
    shouldSendMetrics: false,
  };
}

function settings(random: Random): ClusterRow {
  return {
    clusterPodDefinitionSource: 'KUBERNETES',
    ciImageValidation: random.chance(0.3),
    restrictRegistires: false,
    preserveOriginalSourceIp: false,
    isPersistent: false,
    isMultiCluster: random.chance(0.3),
    enableConnectionsControl: true,
    proxyConfiguration: { enableProxy: true, httpsProxy: `http://proxy-user:${CANARY}-proxy@proxy.example.com:3128` },
    agentFailClose: false,
    serviceDiscoveryIsolationEnabled: false,
    isHoldApplicationUntilProxyStarts: false,
    isIstioIngressEnabled: false,
    tokenInjectionEnabled: false,
    automatedPolicyRequiresDeployer: true,
    autoLabelEnabled: false,
    istioIngressAnnotations: null,
    tlsInspectionEnabled: true,
    sidecarsResources: null,
    istioInstallationParameters: { isIstioAlreadyInstalled: false, istioVersion: '1.13.2' },
    internalRegistryParameters: { internalRegistryEnabled: false, internalRegistry: null },
    apiIntelligenceDAST: false,
    orchestrationType: random.pick(PLATFORMS),
    minimalNumberOfControllerReplicas: random.integer(1, 5),
  };
}
