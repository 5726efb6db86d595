import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { clusterKey } from '../converters/cluster.js';
import { toContainerEntities } from '../converters/container.js';
import { runningContainers, type RunningContainer } from '../converters/running-containers.js';
import { CLUSTER_HAS_CONTAINER, CONTAINER } from '../data-model.js';
import { ListReport } from '../list-report.js';
import { fetchClusters } from './fetch-clusters.js';
import type { PanopticaStep } from './step.js';

export const fetchContainers: PanopticaStep = {
  id: 'fetch-containers',
  name: 'Fetch containers',
  entities: [CONTAINER],
  relationships: [CLUSTER_HAS_CONTAINER],
  dependsOn: [fetchClusters.id],
  authorization: { endpoints: ['GET /appTelemetries'] },
  async run({ client, jobState, logger, startedOn }) {
    const report = new ListReport(logger, 'workloads');
    const containers: RunningContainer[] = [];
    let without = 0;
    for await (const page of client.workloads({ from: oneYearBefore(startedOn), until: startedOn }, report)) {
      for (const workload of page) {
        const ofWorkload = runningContainers(workload);
        if (ofWorkload.length === 0) without += 1;
        containers.push(...ofWorkload);
      }
    }
    report.publish();
    if (without > 0) logger.info({ workloads: without }, 'Some workloads have no containers.');

    // All rows are needed first: only then it is known which containers of a pod share a tag.
    const found = toContainerEntities(containers);
    await addEntitiesOnce(
      jobState,
      found.map(({ entity }) => entity),
    );
    const elsewhere = new SkipReport(logger, 'relationships of clusters and containers');
    const relationships = found.flatMap(({ entity, clusterIds }) => {
      const known = clusterIds.map(clusterKey).filter((key) => jobState.hasKey(key));
      elsewhere.skip('of a cluster that is not in the graph', clusterIds.length - known.length);
      return known.map((key) => directRelationship(CLUSTER_HAS_CONTAINER, key, entity._key));
    });
    await addRelationshipsOnce(jobState, relationships);
    elsewhere.publish();
  },
};

/** The window that has always been asked for. */
function oneYearBefore(time: number): number {
  const date = new Date(time);
  return date.setUTCFullYear(date.getUTCFullYear() - 1);
}
