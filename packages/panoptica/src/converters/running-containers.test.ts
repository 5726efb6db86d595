import { describe, expect, it } from 'vitest';
import type { Workload } from '../records.js';
import { runningContainers } from './running-containers.js';

const POD = '0e65f1c7-8b23-498d-bb1b-f55124159fcc';

describe('runningContainers', () => {
  it('finds hash and severities in the list of what runs, whatever its order', () => {
    const workload: Workload = {
      id: 'workload-1',
      pod: {
        id: POD,
        name: 'mariadb',
        kind: 'StatefulSet',
        containers: [
          { image: { repository: 'docker.io/bitnami/mariadb', tag: '10.3.20' } },
          { image: { repository: 'docker.io/mesh/proxy', tag: '10.3.20' } },
        ],
      },
      podRuntimeInfo: {
        containers: [
          { image: { repository: 'docker.io/mesh/proxy', tag: '10.3.20', hash: 'hash-of-proxy' } },
          { image: { repository: 'docker.io/bitnami/mariadb', tag: '10.3.19', hash: 'hash-of-another' } },
          {
            image: {
              repository: 'docker.io/bitnami/mariadb',
              tag: '10.3.20',
              hash: 'hash-of-mariadb',
              vulnerabilitySeverityLevel: 'CRITICAL',
              dockerfileScanSeverity: 'WARN',
            },
          },
        ],
      },
      cluster: { id: 'cluster-1', name: 'Cloudbees CDRO' },
      namespace: { name: 'cloudbees-cdro' },
      state: { lastSeen: '2022-05-10T18:59:08.178Z' },
      isPublicFacing: false,
      risk: { level: 'HIGH' },
    };
    const common = {
      podId: POD,
      podName: 'mariadb',
      podKind: 'StatefulSet',
      namespace: 'cloudbees-cdro',
      clusterId: 'cluster-1',
      clusterName: 'Cloudbees CDRO',
      workloadId: 'workload-1',
      workloadRisk: 'HIGH',
      isPublicFacing: false,
      lastSeenOn: 1_652_209_148_178,
      tag: '10.3.20',
    };

    expect(runningContainers(workload)).toEqual([
      {
        ...common,
        repository: 'docker.io/bitnami/mariadb',
        hash: 'hash-of-mariadb',
        vulnerabilitySeverityLevel: 'CRITICAL',
        dockerfileScanSeverity: 'WARN',
      },
      { ...common, repository: 'docker.io/mesh/proxy', hash: 'hash-of-proxy' },
    ]);
  });

  it('takes hash and severities from the pod where nothing runs', () => {
    const image = {
      repository: 'r',
      tag: 't',
      hash: 'h',
      vulnerabilitySeverityLevel: 'LOW',
      dockerfileScanSeverity: 'INFO',
    };

    expect(runningContainers({ id: 'w', pod: { id: POD, containers: [{ image }] } })).toEqual([
      expect.objectContaining(image),
    ]);
  });

  it('matches what runs without a tag by its repository', () => {
    const workload: Workload = {
      id: 'w',
      pod: { id: POD, containers: [{ image: { repository: 'r' } }] },
      podRuntimeInfo: {
        containers: [
          { image: { repository: 'r', tag: 't', hash: 'no' } },
          { image: { repository: 'r', tag: '', hash: 'yes' } },
        ],
      },
    };

    expect(runningContainers(workload)).toEqual([expect.objectContaining({ repository: 'r', hash: 'yes' })]);
  });

  it.each<[string, Workload]>([
    [
      'a workload that is not a pod',
      { id: 'w', podRuntimeInfo: { containers: [{ image: { repository: 'r', tag: 't' } }] } },
    ],
    ['a pod without containers', { id: 'w', pod: { id: POD } }],
    ['a container without an image', { id: 'w', pod: { id: POD, containers: [{}] } }],
    [
      'an image that says nothing',
      { id: 'w', pod: { id: POD, containers: [{ image: { repository: '', tag: ' ' } }] } },
    ],
  ])('finds none in %s', (_what, workload) => {
    expect(runningContainers(workload)).toEqual([]);
  });
});
