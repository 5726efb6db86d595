import { RelationshipClass } from '@jupiterone/integration-sdk-core';
import { entityTypes, relationshipType, Type } from '@vendor-graph/integration';

const { createEntityType, createEntityMetadata } = entityTypes('panoptica');

const text = (description: string) => Type.Optional(Type.String({ description }));
const number = (description: string) => Type.Optional(Type.Number({ description }));
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }));

const SEVERITIES = ['Total', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] as const;
const DOCKERFILE_LEVELS = ['Total', 'Info', 'Warn', 'Fatal'] as const;

/** One optional number per name, e.g. `vulnerabilitiesSummaryTotal`. */
function counts<Prefix extends string, Name extends string>(prefix: Prefix, names: readonly Name[], what: string) {
  return Object.fromEntries(
    names.map((name) => [`${prefix}${name}`, number(`Number of ${what}: ${name.toLowerCase()}`)]),
  ) as Record<`${Prefix}${Name}`, ReturnType<typeof number>>;
}

export const [ACCOUNT, createAccount] = createEntityMetadata({
  resourceName: 'Account',
  _class: ['Account'],
  _type: createEntityType('account'),
  description: 'The Panoptica account that the service user belongs to',
  schema: Type.Object({
    accountId: Type.String({ description: "Panoptica's id of the account" }),
    accountTier: text('REVEAL, CONNECT, TRIAL or PRO'),
    pricingUnitType: text('POD or VCPUS'),
    permissionsMode: text('NORMAL, STRICT or MANAGED'),
    apiSecurity: text('ENABLED or DISABLED'),
    serverlessSecurity: text('ENABLED or DISABLED'),
    usageStatusCurrentNodesUsage: number('Nodes in use'),
    usageStatusMaxNodes: number('Nodes allowed'),
    usageStatusCurrentClustersUsage: number('Clusters in use'),
    usageStatusMaxClusters: number('Clusters allowed'),
  }),
});

export const [USER, createUser] = createEntityMetadata({
  resourceName: 'User',
  _class: ['User'],
  _type: createEntityType('user'),
  description: 'A person or service user of the account',
  schema: Type.Object({
    id: Type.String(),
    accountId: text('The account of the user'),
    fullName: text('Full name, or the display name of a service user'),
    role: text("Panoptica's role, e.g. ACCOUNT_ADMIN, SERVICE"),
    normalizedRole: text('The role in words, e.g. Administrator'),
    lastLogin: number('Last login, ms since the epoch'),
  }),
});

export const [CLUSTER, createCluster] = createEntityMetadata({
  resourceName: 'Cluster',
  _class: ['Cluster'],
  _type: createEntityType('cluster'),
  description: 'A Kubernetes cluster with a Panoptica controller',
  schema: Type.Object({
    id: Type.String(),
    clusterPodDefinitionSource: text('KUBERNETES or CD'),
    orchestrationType: text('GKE, OPENSHIFT, RANCHER, AKS, EKS, KUBERNETES or IKS'),
    minimalNumberOfControllerReplicas: number('1 to 5'),
    ciImageValidation: flag('Only images that a CI plug-in has checked are allowed'),
    restrictRegistires: flag("Only trusted registries are allowed (the vendor's spelling)"),
    preserveOriginalSourceIp: flag('The source address of a connection is kept'),
    isPersistent: flag('The controller stores its state'),
    isMultiCluster: flag('Connections between clusters are supported'),
    enableConnectionsControl: flag('Connections are controlled'),
    agentFailClose: flag('Workloads are refused while the agent is unreachable'),
    serviceDiscoveryIsolationEnabled: flag('Service discovery is isolated'),
    isHoldApplicationUntilProxyStarts: flag('Containers wait for the proxy'),
    isIstioIngressEnabled: flag('An Istio ingress is installed'),
    tokenInjectionEnabled: flag('Tokens are injected into workloads'),
    automatedPolicyRequiresDeployer: flag('An automated policy requires a deployer'),
    autoLabelEnabled: flag('Namespaces are labelled automatically'),
    tlsInspectionEnabled: flag('TLS traffic is inspected'),
    apiIntelligenceDAST: flag('APIs are tested dynamically'),
    autoUpdateEnabled: flag('The controller updates itself'),
    proxyConfigurationEnableProxy: flag('The controller uses a proxy'),
    proxyConfigurationHttpsProxy: text('Address of the proxy, without credentials'),
    tracingSupportSettingsInstallTracingSupport: flag('API tracing is installed'),
    tracingSupportSettingsTraceAnalyzerEnabled: flag('Traces are analysed'),
    tracingSupportSettingsSpecReconstructorEnabled: flag('API specifications are reconstructed'),
    istioInstallationParametersIsIstioAlreadyInstalled: flag('Istio was there before the controller'),
    istioInstallationParametersIstioVersion: text('Version of Istio'),
    internalRegistryParametersInternalRegistryEnabled: flag('An internal registry is used'),
    externalCaId: text('Id of the external certificate authority'),
    externalCaName: text('Name of the external certificate authority'),
    kubernetesVersion: text('Version of Kubernetes'),
    nodeCount: number('Number of nodes'),
    controllerStatus: text('ACTIVE, INACTIVE, PENDING_INSTALL, …'),
    controllerVersion: text('Version of the controller'),
    lastActiveOn: number('When the controller was last active, ms since the epoch'),
    kubernetesSecurity: flag('Kubernetes security is on'),
    useExternalCA: flag('An external certificate authority is used'),
    installationSource: text('SCRIPT or HELM'),
  }),
});

export const [IMAGE, createImage] = createEntityMetadata({
  resourceName: 'Image',
  _class: ['Image'],
  _type: createEntityType('image'),
  description: 'A container image that Panoptica knows',
  schema: Type.Object({
    id: Type.String(),
    imageTags: texts('Tags of the image'),
    imageHash: text('SHA-256 of the image, without a prefix'),
    isScanned: flag('The image was scanned'),
    isIdentified: flag('The image is identified'),
    imageSourceType: text('RISK_ASSESSMENT, RUNTIME, DOCKER_PLUGIN_CI, …'),
    ...counts('vulnerabilitiesSummary', SEVERITIES, 'distinct vulnerabilities'),
    ...counts('dockerfileScanResultsSummary', DOCKERFILE_LEVELS, 'Dockerfile findings'),
  }),
});

export const [VULNERABILITY, createVulnerability] = createEntityMetadata({
  resourceName: 'Vulnerability',
  _class: ['Vulnerability'],
  _type: createEntityType('vulnerability'),
  description: 'A vulnerability as one advisory feed describes it, shared by all images that have it',
  schema: Type.Object({
    id: Type.String(),
    cvssScore: number('CVSS score, 0 to 10'),
    cvssAttackVector: text('NETWORK, ADJACENT_NETWORK, LOCAL or PHYSICAL'),
    cvssAttackComplexity: text('LOW, MEDIUM or HIGH'),
    cvssPrivilegesRequired: text('NONE, LOW or HIGH'),
    cvssUserInteraction: text('NONE or REQUIRED'),
    cvssScope: text('UNCHANGED or CHANGED'),
    cvssConfidentialityImpact: text('NONE, LOW or HIGH'),
    cvssIntegrityImpact: text('NONE, LOW or HIGH'),
    cvssAvailabilityImpact: text('NONE, LOW or HIGH'),
    vulnerabilitySourcesFixAvailability: text(
      "Worst of all images: NO_FIX, PARTIAL_FIX or FIX_AVILABLE (the vendor's spelling)",
    ),
    layerName: text('One of the layers that have it'),
    layerNames: texts('The layers of all images that have it, at most 50'),
  }),
});

/** The properties of a risk whose names hold dots: that is how existing queries know them. */
const dottedRiskProperties = {
  ...counts('vulnerabilitiesSummary.', lowerCase(SEVERITIES), 'vulnerabilities'),
  ...counts('dockerfileScanResultsSummary.', lowerCase(DOCKERFILE_LEVELS), 'Dockerfile findings'),
  'scanConfig.namespaces': texts('Namespaces that are scanned; none means all'),
  'scanConfig.maxParallelism': number('Scans at a time'),
  'scanConfig.minimumSeverity': text('The lowest severity that is reported'),
  'scanConfig.periodicJobExpression.periodicJobType': text('How often is scanned'),
  'scanConfig.runDockerfileScan': flag('Dockerfiles are scanned too'),
};

export const [RISK, createRisk] = createEntityMetadata({
  resourceName: 'Risk',
  _class: ['Risk'],
  _type: createEntityType('risk'),
  description: 'The last risk assessment of a cluster; its score is the number of scanned objects, not a grade',
  schema: Type.Object({
    id: text("Panoptica's id; a cluster that was never scanned may have none"),
    time: number('Time of the last scan, ms since the epoch'),
    total: number('Objects to scan'),
    scanned: number('Objects that were scanned'),
    clusterId: text('The cluster'),
    clusterName: text('Name of the cluster'),
    hasFailed: flag('Something could not be scanned'),
    ...counts('vulnerabilitiesSummary', SEVERITIES, 'vulnerabilities'),
    ...counts('dockerfileScanResultsSummary', DOCKERFILE_LEVELS, 'Dockerfile findings'),
    ...dottedRiskProperties,
  }),
});

export const [CONTAINER, createContainer] = createEntityMetadata({
  resourceName: 'Container',
  _class: ['Container'],
  _type: createEntityType('container'),
  description: 'A container of a running workload',
  schema: Type.Object({
    repository: text('Registry and repository of the image'),
    tag: text('Tag of the image'),
    hash: text('SHA-256 of the image that runs'),
    vulnerabilitySeverityLevel: text('Highest severity of its vulnerabilities'),
    dockerfileScanSeverity: text('Highest level of its Dockerfile findings'),
    podName: text('Name of the workload'),
    podKind: text('Deployment, StatefulSet, DaemonSet, …'),
    namespace: text('Namespace'),
    clusterId: text('The cluster'),
    clusterName: text('Name of the cluster'),
    workloadRisk: text('Risk level of the workload'),
    isPublicFacing: flag('The workload is reachable from outside'),
    lastSeenOn: number('When the workload was last seen, ms since the epoch'),
  }),
});

export const ACCOUNT_HAS_CLUSTER = relationshipType(ACCOUNT, RelationshipClass.HAS, CLUSTER);
export const ACCOUNT_HAS_IMAGE = relationshipType(ACCOUNT, RelationshipClass.HAS, IMAGE);
export const ACCOUNT_HAS_USER = relationshipType(ACCOUNT, RelationshipClass.HAS, USER);
export const CLUSTER_HAS_CONTAINER = relationshipType(CLUSTER, RelationshipClass.HAS, CONTAINER);
export const CLUSTER_HAS_RISK = relationshipType(CLUSTER, RelationshipClass.HAS, RISK);
export const IMAGE_HAS_VULNERABILITY = relationshipType(IMAGE, RelationshipClass.HAS, VULNERABILITY);

function lowerCase<Name extends string>(names: readonly Name[]) {
  return names.map((name) => name.toLowerCase() as Lowercase<Name>);
}
