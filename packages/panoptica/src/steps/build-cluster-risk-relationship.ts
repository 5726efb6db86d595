import type { Relationship } from '@jupiterone/integration-sdk-core';
import { addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { clusterKey } from '../converters/cluster.js';
import { CLUSTER_HAS_RISK, RISK } from '../data-model.js';
import { fetchClusters } from './fetch-clusters.js';
import { fetchRisks } from './fetch-risks.js';
import type { PanopticaStep } from './step.js';

export const buildClusterRiskRelationship: PanopticaStep = {
  id: 'build-cluster-risk-relationship',
  name: 'Build cluster HAS risk',
  entities: [],
  relationships: [CLUSTER_HAS_RISK],
  dependsOn: [fetchClusters.id, fetchRisks.id],
  async run({ jobState, logger }) {
    const skipped = new SkipReport(logger, 'relationships of clusters and risks');
    const relationships: Relationship[] = [];
    await jobState.iterateEntities({ _type: RISK._type }, (risk) => {
      const { clusterId } = risk;
      const fromKey = typeof clusterId === 'string' ? clusterKey(clusterId) : undefined;
      if (fromKey === undefined || !jobState.hasKey(fromKey)) {
        skipped.skip('of a cluster that is not in the graph');
        return;
      }
      relationships.push(directRelationship(CLUSTER_HAS_RISK, fromKey, risk._key));
    });
    await addRelationshipsOnce(jobState, relationships);
    skipped.publish();
  },
};
