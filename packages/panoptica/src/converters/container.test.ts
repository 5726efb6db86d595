import { describe, expect, it } from 'vitest';
import { toContainerEntities } from './container.js';
import type { RunningContainer } from './running-containers.js';

function container(changes: Partial<RunningContainer>): RunningContainer {
  return { podId: 'pod-1', workloadId: 'workload-1', repository: 'docker.io/a', tag: '1.0', ...changes };
}

function keysOf(containers: readonly RunningContainer[]): string[] {
  return toContainerEntities(containers)
    .map(({ entity }) => entity._key)
    .sort();
}

describe('toContainerEntities', () => {
  it('has a container with everything that is known', () => {
    const running = container({
      hash: 'abc',
      vulnerabilitySeverityLevel: 'CRITICAL',
      dockerfileScanSeverity: 'WARN',
      podName: 'shop',
      podKind: 'Deployment',
      namespace: 'default',
      clusterId: 'cluster-1',
      clusterName: 'Cluster 1',
      workloadRisk: 'HIGH',
      isPublicFacing: true,
      lastSeenOn: 1_652_209_148_178,
    });

    expect(toContainerEntities([running])).toEqual([
      {
        entity: {
          _key: 'panoptica_container:pod-1:1.0',
          _type: 'panoptica_container',
          _class: ['Container'],
          name: '1.0',
          displayName: '1.0',
          image: 'docker.io/a:1.0',
          repository: 'docker.io/a',
          tag: '1.0',
          hash: 'abc',
          vulnerabilitySeverityLevel: 'CRITICAL',
          dockerfileScanSeverity: 'WARN',
          podName: 'shop',
          podKind: 'Deployment',
          namespace: 'default',
          clusterId: 'cluster-1',
          clusterName: 'Cluster 1',
          workloadRisk: 'HIGH',
          isPublicFacing: true,
          lastSeenOn: 1_652_209_148_178,
        },
        clusterIds: ['cluster-1'],
      },
    ]);
  });

  it.each<[string, Partial<RunningContainer>[], string[]]>([
    ['its tag', [{}], ['pod-1:1.0']],
    ['its hash without a tag', [{ tag: undefined, hash: 'abc' }], ['pod-1:abc']],
    ['nothing at all', [{ tag: undefined }], ['pod-1:none']],
    ['its tag once, when two containers are alike', [{}, {}], ['pod-1:1.0']],
    ['different tags', [{}, { tag: '2.0' }], ['pod-1:1.0', 'pod-1:2.0']],
    ['different pods', [{}, { podId: 'pod-2', repository: 'docker.io/b' }], ['pod-1:1.0', 'pod-2:1.0']],
    [
      'its repository too, when two have one tag',
      [{ tag: 'latest' }, { tag: 'latest', repository: 'docker.io/b' }, { tag: '1.0' }],
      ['pod-1:1.0', 'pod-1:docker.io/a:latest', 'pod-1:docker.io/b:latest'],
    ],
    [
      'its repository too, when another row has one of the same tag',
      [{ tag: 'latest' }, { tag: 'latest', repository: 'docker.io/b', workloadId: 'workload-2' }],
      ['pod-1:docker.io/a:latest', 'pod-1:docker.io/b:latest'],
    ],
  ])('has a key of the pod and %s', (_what, containers, keys) => {
    expect(keysOf(containers.map(container))).toEqual(keys.map((key) => `panoptica_container:${key}`));
    expect(keysOf(containers.map(container).toReversed())).toEqual(keys.map((key) => `panoptica_container:${key}`));
  });

  it.each<[string, Partial<RunningContainer>, object]>([
    ['tag', {}, { name: '1.0', image: 'docker.io/a:1.0' }],
    ['repository', { tag: undefined, hash: 'abc' }, { name: 'docker.io/a', image: 'docker.io/a' }],
    ['hash', { tag: undefined, repository: undefined, hash: 'abc' }, { name: 'abc', image: undefined }],
  ])('is named by its %s', (_by, changes, expected) => {
    expect(toContainerEntities([container(changes)])[0]?.entity).toMatchObject(expected);
  });

  it('has of several rows what was seen last, and all clusters, whatever the order of the rows', () => {
    const rows = [
      container({ workloadId: 'a', clusterId: 'two', lastSeenOn: 2, workloadRisk: 'LOW' }),
      container({ workloadId: 'b', clusterId: 'one', lastSeenOn: 1, workloadRisk: 'HIGH', hash: 'abc' }),
      container({ workloadId: 'c', clusterId: 'one' }),
      container({ workloadId: 'd', lastSeenOn: 2, workloadRisk: 'CRITICAL' }),
    ];
    const expected = [
      {
        entity: expect.objectContaining({
          clusterId: 'two',
          lastSeenOn: 2,
          workloadRisk: 'LOW',
          hash: 'abc',
        }) as object,
        clusterIds: ['one', 'two'],
      },
    ];

    expect(toContainerEntities(rows)).toEqual(expected);
    expect(toContainerEntities(rows.toReversed())).toEqual(expected);
  });
});
