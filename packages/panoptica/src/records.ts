import { Type, type Static, type TSchema } from '@vendor-graph/integration';

/**
 * What is read of each record of the Panoptica API (the OpenAPI document is served at `GET /api/api`). Required is only
 * what a key is made of: the API uses null freely, and a nested object can be absent, null, or hold nothing but nulls.
 * What is not named here is never read, so it can reach neither the graph nor its raw data; this is also what keeps the
 * secrets of a cluster (`Agent.sharedSecret`, `controllerDataResponse.sharedKey`, install commands) out.
 */

/** What a key is made of. */
const id = Type.String({ minLength: 1 });
const text = Type.Optional(Type.String());
const number = Type.Optional(Type.Number());
const flag = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
const maybe = <T extends Record<string, TSchema>>(properties: T) => Type.Optional(Type.Object(properties));

const vulnerabilityCounts = {
  total: number,
  unknown: number,
  low: number,
  medium: number,
  high: number,
  critical: number,
};
const dockerfileCounts = { total: number, info: number, warn: number, fatal: number };

/** `GET /users` */
export const userSchema = Type.Object({
  id,
  accountId: text,
  lastLogin: text,
  fullName: text,
  description: text,
  status: text,
  role: text,
  normalizedRole: text,
  email: text,
});
export type User = Static<typeof userSchema>;

export const usageStatusSchema = Type.Object({
  currentNodesUsage: number,
  maxNodes: number,
  currentClustersUsage: number,
  maxClusters: number,
});
/** `POST /account/usageStatus` */
export type UsageStatus = Static<typeof usageStatusSchema>;

export const currentUserSchema = Type.Object({
  accountId: text,
  permissionsMode: text,
  accountTier: text,
  pricingUnitType: text,
  apiSecurity: text,
  serverlessSecurity: text,
  usageStatus: Type.Optional(usageStatusSchema),
});
/** `GET /me`: only what it says about the account; the user is in `/users` as well. */
export type CurrentUser = Static<typeof currentUserSchema>;

/** A cluster as `GET /kubernetesClusters` gives it itself (2022) or under `KubernetesCluster` (since 2023). */
export const clusterSchema = Type.Object({
  id,
  name: text,
  accountName: text,
  clusterPodDefinitionSource: text,
  ciImageValidation: flag,
  restrictRegistires: flag,
  preserveOriginalSourceIp: flag,
  isPersistent: flag,
  isMultiCluster: flag,
  enableConnectionsControl: flag,
  proxyConfiguration: maybe({ enableProxy: flag, httpsProxy: text }),
  agentFailClose: flag,
  serviceDiscoveryIsolationEnabled: flag,
  isHoldApplicationUntilProxyStarts: flag,
  isIstioIngressEnabled: flag,
  tokenInjectionEnabled: flag,
  automatedPolicyRequiresDeployer: flag,
  autoLabelEnabled: flag,
  tlsInspectionEnabled: flag,
  tracingSupportSettings: maybe({
    installTracingSupport: flag,
    traceAnalyzerEnabled: flag,
    specReconstructorEnabled: flag,
  }),
  installTracingSupport: flag,
  istioInstallationParameters: maybe({ isIstioAlreadyInstalled: flag, istioVersion: text }),
  internalRegistryParameters: maybe({ internalRegistryEnabled: flag }),
  externalCa: maybe({ id: text, name: text }),
  useExternalCA: flag,
  apiIntelligenceDAST: flag,
  autoUpdateEnabled: flag,
  autoUpgradeControllerVersion: flag,
  orchestrationType: text,
  minimalNumberOfControllerReplicas: number,
  kubernetesSecurity: flag,
  controllerStatus: text,
  installationSource: text,
});

/** The agent that the wrapped shape carries beside the cluster. */
export const agentSchema = Type.Object({
  kubernetesVersion: text,
  nodes: number,
  info: maybe({ status: text, version: text, lastActive: text }),
});

export interface Cluster {
  cluster: Static<typeof clusterSchema>;
  /** Present in the wrapped shape only. */
  agent?: Static<typeof agentSchema>;
}

/** `GET /images` */
export const imageSchema = Type.Object({
  // It becomes part of a path.
  id: Type.String({ pattern: '^[\\w-]+$' }),
  imageName: text,
  imageTags: texts,
  imageHash: text,
  timeAdded: text,
  vulnerabilitiesSummary: maybe(vulnerabilityCounts),
  isScanned: flag,
  isIdentified: flag,
  imageSourceType: text,
  dockerfileScanResultsSummary: maybe(dockerfileCounts),
});
export type Image = Static<typeof imageSchema>;

/** `GET /images/{id}/vulnerabilities`: one row per vulnerability and layer. */
export const vulnerabilitySchema = Type.Object({
  id,
  name: text,
  description: text,
  link: text,
  severity: text,
  cvss: maybe({
    score: number,
    attackVector: text,
    attackComplexity: text,
    privilegesRequired: text,
    userInteraction: text,
    scope: text,
    confidentialityImpact: text,
    integrityImpact: text,
    availabilityImpact: text,
  }),
  vulnerabilitySources: maybe({
    fixAvailability: text,
    sources: Type.Optional(Type.Array(Type.Object({ packageName: text, packageVersion: text, fixVersion: text }))),
  }),
  layerName: text,
});
export type Vulnerability = Static<typeof vulnerabilitySchema>;

/** `GET /riskAssessment`: one per cluster; almost empty for a cluster that was never scanned. */
export const riskSchema = Type.Object({
  id: text,
  time: text,
  total: number,
  scanned: number,
  clusterId: text,
  clusterName: text,
  status: text,
  vulnerabilitiesSummary: maybe(vulnerabilityCounts),
  dockerfileScanResultsSummary: maybe(dockerfileCounts),
  scanConfig: maybe({
    namespaces: texts,
    maxParallelism: number,
    minimumSeverity: text,
    periodicJobExpression: maybe({ PeriodicJobType: text }),
    runDockerfileScan: flag,
  }),
  hasFailed: flag,
});
export type Risk = Static<typeof riskSchema>;

const containers = Type.Optional(
  Type.Array(
    Type.Object({
      image: maybe({
        repository: text,
        tag: text,
        hash: text,
        vulnerabilitySeverityLevel: text,
        dockerfileScanSeverity: text,
      }),
    }),
  ),
);

/** `GET /appTelemetries`: a running workload with its containers. */
export const workloadSchema = Type.Object({
  id,
  pod: Type.Optional(Type.Object({ id, name: text, kind: text, containers })),
  podRuntimeInfo: maybe({ containers }),
  cluster: maybe({ id: text, name: text }),
  namespace: maybe({ name: text }),
  state: maybe({ lastSeen: text }),
  isPublicFacing: flag,
  risk: maybe({ level: text }),
});
export type Workload = Static<typeof workloadSchema>;
