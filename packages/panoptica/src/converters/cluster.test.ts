import { describe, expect, it } from 'vitest';
import type { Cluster } from '../records.js';
import { toClusterEntity } from './cluster.js';

const ID = '3d0c82a0-8f1e-4b12-9ec6-6690edc8d5fa';

/** The values of an entity that are there. */
function known(entity: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== undefined));
}

describe('toClusterEntity', () => {
  it('has a cluster of 2022 with flat properties', () => {
    const cluster: Cluster['cluster'] = {
      id: ID,
      name: 'Cloudbees CDRO',
      clusterPodDefinitionSource: 'KUBERNETES',
      ciImageValidation: false,
      restrictRegistires: false,
      preserveOriginalSourceIp: false,
      isPersistent: false,
      isMultiCluster: false,
      enableConnectionsControl: true,
      proxyConfiguration: { enableProxy: false, httpsProxy: '' },
      agentFailClose: false,
      serviceDiscoveryIsolationEnabled: false,
      isHoldApplicationUntilProxyStarts: false,
      isIstioIngressEnabled: false,
      tokenInjectionEnabled: false,
      automatedPolicyRequiresDeployer: true,
      autoLabelEnabled: false,
      tlsInspectionEnabled: true,
      tracingSupportSettings: {
        installTracingSupport: false,
        traceAnalyzerEnabled: true,
        specReconstructorEnabled: false,
      },
      istioInstallationParameters: { isIstioAlreadyInstalled: false, istioVersion: '1.13.2' },
      internalRegistryParameters: { internalRegistryEnabled: false },
      externalCa: { id: 'ca-1', name: 'Our CA' },
      apiIntelligenceDAST: false,
      autoUpdateEnabled: true,
      orchestrationType: 'GKE',
      minimalNumberOfControllerReplicas: 1,
    };

    expect(known(toClusterEntity({ cluster }))).toEqual({
      _key: `panoptica_cluster:${ID}`,
      _type: 'panoptica_cluster',
      _class: ['Cluster'],
      id: ID,
      name: 'Cloudbees CDRO',
      displayName: 'Cloudbees CDRO',
      clusterPodDefinitionSource: 'KUBERNETES',
      ciImageValidation: false,
      restrictRegistires: false,
      preserveOriginalSourceIp: false,
      isPersistent: false,
      isMultiCluster: false,
      enableConnectionsControl: true,
      proxyConfigurationEnableProxy: false,
      agentFailClose: false,
      serviceDiscoveryIsolationEnabled: false,
      isHoldApplicationUntilProxyStarts: false,
      isIstioIngressEnabled: false,
      tokenInjectionEnabled: false,
      automatedPolicyRequiresDeployer: true,
      autoLabelEnabled: false,
      tlsInspectionEnabled: true,
      tracingSupportSettingsInstallTracingSupport: false,
      tracingSupportSettingsTraceAnalyzerEnabled: true,
      tracingSupportSettingsSpecReconstructorEnabled: false,
      istioInstallationParametersIsIstioAlreadyInstalled: false,
      istioInstallationParametersIstioVersion: '1.13.2',
      internalRegistryParametersInternalRegistryEnabled: false,
      externalCaId: 'ca-1',
      externalCaName: 'Our CA',
      apiIntelligenceDAST: false,
      autoUpdateEnabled: true,
      orchestrationType: 'GKE',
      minimalNumberOfControllerReplicas: 1,
      _rawData: [{ name: 'default', rawData: cluster }],
    });
  });

  it('has what came in 2023, under the old names where there are any', () => {
    const cluster = {
      id: ID,
      name: 'prod-eks',
      accountName: 'Example Corp',
      installTracingSupport: true,
      useExternalCA: false,
      autoUpgradeControllerVersion: true,
      kubernetesSecurity: true,
      controllerStatus: 'INACTIVE',
      installationSource: 'HELM',
    };
    const agent = {
      kubernetesVersion: '1.25',
      nodes: 6,
      info: { status: 'ACTIVE', version: '1.193.0', lastActive: '2024-02-29T23:59:58Z' },
    };

    expect(known(toClusterEntity({ cluster, agent }))).toEqual({
      _key: `panoptica_cluster:${ID}`,
      _type: 'panoptica_cluster',
      _class: ['Cluster'],
      id: ID,
      name: 'prod-eks',
      displayName: 'prod-eks',
      tracingSupportSettingsInstallTracingSupport: true,
      useExternalCA: false,
      autoUpdateEnabled: true,
      kubernetesSecurity: true,
      controllerStatus: 'INACTIVE',
      controllerVersion: '1.193.0',
      installationSource: 'HELM',
      kubernetesVersion: '1.25',
      nodeCount: 6,
      lastActiveOn: 1_709_251_198_000,
      _rawData: [{ name: 'default', rawData: { KubernetesCluster: cluster, Agent: agent } }],
    });
  });

  it('takes the status from the agent where the cluster has none', () => {
    expect(toClusterEntity({ cluster: { id: ID }, agent: { info: { status: 'ACTIVE' } } })).toMatchObject({
      name: ID,
      controllerStatus: 'ACTIVE',
    });
  });
});
