import type { Entity } from '@jupiterone/integration-sdk-core';
import { CONTAINER, createContainer } from '../data-model.js';
import type { RunningContainer } from './running-containers.js';

/** A container entity, with the clusters that it runs in. */
export interface ContainerInClusters {
  entity: Entity;
  /** Ids, sorted and distinct. */
  clusterIds: readonly string[];
}

/**
 * One entity per container, whatever the number and order of the rows that show it: where rows differ, the one that was
 * seen last wins.
 */
export function toContainerEntities(containers: readonly RunningContainer[]): ContainerInClusters[] {
  return [...groupBy(containers, ({ podId }) => podId)].flatMap(([podId, ofPod]) =>
    [...groupBy(ofPod, labelOf)].flatMap(([label, ofLabel]) => {
      const byRepository = [...groupBy(ofLabel, ({ repository }) => repository ?? 'none')];
      // Two repositories with one tag ("latest") are two containers; only then the key names the repository as well.
      return byRepository.map(([repository, rows]) =>
        toContainer(
          `${CONTAINER._type}:${podId}:${byRepository.length === 1 ? label : `${repository}:${label}`}`,
          rows,
        ),
      );
    }),
  );
}

function toContainer(_key: string, rows: readonly RunningContainer[]): ContainerInClusters {
  const byRecency = rows.toSorted(
    (a, b) => (b.lastSeenOn ?? 0) - (a.lastSeenOn ?? 0) || compare(a.workloadId, b.workloadId),
  );
  const latest = <Property extends keyof RunningContainer>(property: Property) =>
    byRecency.map((row) => row[property]).find((value) => value !== undefined);
  const repository = latest('repository');
  const tag = latest('tag');
  const hash = latest('hash');
  const name = tag ?? repository ?? hash ?? _key;
  return {
    entity: createContainer({
      _key,
      name,
      displayName: name,
      image: repository === undefined || tag === undefined ? repository : `${repository}:${tag}`,
      repository,
      tag,
      hash,
      vulnerabilitySeverityLevel: latest('vulnerabilitySeverityLevel'),
      dockerfileScanSeverity: latest('dockerfileScanSeverity'),
      podName: latest('podName'),
      podKind: latest('podKind'),
      namespace: latest('namespace'),
      clusterId: latest('clusterId'),
      clusterName: latest('clusterName'),
      workloadRisk: latest('workloadRisk'),
      isPublicFacing: latest('isPublicFacing'),
      lastSeenOn: latest('lastSeenOn'),
    }),
    clusterIds: [...new Set(rows.map(({ clusterId }) => clusterId).filter((id) => id !== undefined))].sort(),
  };
}

function labelOf({ tag, hash }: RunningContainer): string {
  return tag ?? hash ?? 'none';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
