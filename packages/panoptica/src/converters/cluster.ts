import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { CLUSTER, createCluster } from '../data-model.js';
import type { Cluster } from '../records.js';

export function clusterKey(clusterId: string): string {
  return `${CLUSTER._type}:${clusterId}`;
}

export function toClusterEntity({ cluster, agent }: Cluster): Entity {
  const name = text(cluster.name) ?? cluster.id;
  return withRawData(
    createCluster({
      _key: clusterKey(cluster.id),
      id: cluster.id,
      name,
      displayName: name,
      clusterPodDefinitionSource: text(cluster.clusterPodDefinitionSource),
      orchestrationType: text(cluster.orchestrationType),
      minimalNumberOfControllerReplicas: cluster.minimalNumberOfControllerReplicas,
      ciImageValidation: cluster.ciImageValidation,
      restrictRegistires: cluster.restrictRegistires,
      preserveOriginalSourceIp: cluster.preserveOriginalSourceIp,
      isPersistent: cluster.isPersistent,
      isMultiCluster: cluster.isMultiCluster,
      enableConnectionsControl: cluster.enableConnectionsControl,
      agentFailClose: cluster.agentFailClose,
      serviceDiscoveryIsolationEnabled: cluster.serviceDiscoveryIsolationEnabled,
      isHoldApplicationUntilProxyStarts: cluster.isHoldApplicationUntilProxyStarts,
      isIstioIngressEnabled: cluster.isIstioIngressEnabled,
      tokenInjectionEnabled: cluster.tokenInjectionEnabled,
      automatedPolicyRequiresDeployer: cluster.automatedPolicyRequiresDeployer,
      autoLabelEnabled: cluster.autoLabelEnabled,
      tlsInspectionEnabled: cluster.tlsInspectionEnabled,
      apiIntelligenceDAST: cluster.apiIntelligenceDAST,
      autoUpdateEnabled: cluster.autoUpdateEnabled ?? cluster.autoUpgradeControllerVersion,
      proxyConfigurationEnableProxy: cluster.proxyConfiguration?.enableProxy,
      proxyConfigurationHttpsProxy: text(cluster.proxyConfiguration?.httpsProxy),
      tracingSupportSettingsInstallTracingSupport:
        cluster.tracingSupportSettings?.installTracingSupport ?? cluster.installTracingSupport,
      tracingSupportSettingsTraceAnalyzerEnabled: cluster.tracingSupportSettings?.traceAnalyzerEnabled,
      tracingSupportSettingsSpecReconstructorEnabled: cluster.tracingSupportSettings?.specReconstructorEnabled,
      istioInstallationParametersIsIstioAlreadyInstalled: cluster.istioInstallationParameters?.isIstioAlreadyInstalled,
      istioInstallationParametersIstioVersion: text(cluster.istioInstallationParameters?.istioVersion),
      internalRegistryParametersInternalRegistryEnabled: cluster.internalRegistryParameters?.internalRegistryEnabled,
      externalCaId: text(cluster.externalCa?.id),
      externalCaName: text(cluster.externalCa?.name),
      useExternalCA: cluster.useExternalCA,
      kubernetesSecurity: cluster.kubernetesSecurity,
      installationSource: text(cluster.installationSource),
      kubernetesVersion: text(agent?.kubernetesVersion),
      nodeCount: agent?.nodes,
      // The spring edition of 2023 has the status in the agent only.
      controllerStatus: text(cluster.controllerStatus) ?? text(agent?.info?.status),
      controllerVersion: text(agent?.info?.version),
      lastActiveOn: isoMillis(agent?.info?.lastActive),
    }),
    agent === undefined ? cluster : { KubernetesCluster: cluster, Agent: agent },
  );
}
