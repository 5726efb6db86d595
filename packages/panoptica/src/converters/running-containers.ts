import { isoMillis, text } from '@vendor-graph/integration';
import type { Workload } from '../records.js';

/** A container as one workload row shows it. */
export interface RunningContainer {
  /** The pod definition, which several rows may share. */
  podId: string;
  repository?: string;
  tag?: string;
  hash?: string;
  vulnerabilitySeverityLevel?: string;
  dockerfileScanSeverity?: string;
  podName?: string;
  podKind?: string;
  namespace?: string;
  clusterId?: string;
  clusterName?: string;
  workloadId: string;
  workloadRisk?: string;
  isPublicFacing?: boolean;
  lastSeenOn?: number;
}

type ContainerImage = NonNullable<NonNullable<NonNullable<Workload['podRuntimeInfo']>['containers']>[number]['image']>;

/**
 * The containers of a workload; none for a workload that is not a pod. The pod's own list names the containers, but its
 * hash and severities are always null: those are in the list of what runs, whose order differs.
 */
export function runningContainers(workload: Workload): RunningContainer[] {
  const { pod } = workload;
  if (pod === undefined) return [];
  const runtimeImages = imagesIn(workload.podRuntimeInfo?.containers);
  return imagesIn(pod.containers).map((image) => {
    const runtime = runtimeImages.find(
      (candidate) => text(candidate.repository) === text(image.repository) && text(candidate.tag) === text(image.tag),
    );
    return {
      podId: pod.id,
      repository: text(image.repository),
      tag: text(image.tag),
      hash: text(runtime?.hash) ?? text(image.hash),
      vulnerabilitySeverityLevel: text(runtime?.vulnerabilitySeverityLevel) ?? text(image.vulnerabilitySeverityLevel),
      dockerfileScanSeverity: text(runtime?.dockerfileScanSeverity) ?? text(image.dockerfileScanSeverity),
      podName: text(pod.name),
      podKind: text(pod.kind),
      namespace: text(workload.namespace?.name),
      clusterId: text(workload.cluster?.id),
      clusterName: text(workload.cluster?.name),
      workloadId: workload.id,
      workloadRisk: text(workload.risk?.level),
      isPublicFacing: workload.isPublicFacing,
      lastSeenOn: isoMillis(workload.state?.lastSeen),
    };
  });
}

/** Those that say anything about their image. */
function imagesIn(containers: NonNullable<Workload['podRuntimeInfo']>['containers'] = []): ContainerImage[] {
  return containers
    .map(({ image }) => image)
    .filter((image) => image !== undefined)
    .filter(({ repository, tag, hash }) => [repository, tag, hash].some((value) => text(value) !== undefined));
}
