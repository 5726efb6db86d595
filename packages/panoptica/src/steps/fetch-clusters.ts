import { toClusterEntity } from '../converters/cluster.js';
import { ACCOUNT_HAS_CLUSTER, CLUSTER } from '../data-model.js';
import { ListReport, UNREADABLE } from '../list-report.js';
import { addToAccount } from './add-to-account.js';
import { fetchAccount } from './fetch-account.js';
import type { PanopticaStep } from './step.js';

export const fetchClusters: PanopticaStep = {
  id: 'fetch-clusters',
  name: 'Fetch clusters',
  entities: [CLUSTER],
  relationships: [ACCOUNT_HAS_CLUSTER],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /kubernetesClusters'] },
  async run({ client, jobState, logger }) {
    const report = new ListReport(logger, 'clusters');
    const { records, unreadable, incomplete } = await client.clusters();
    report.skipped.skip(UNREADABLE, unreadable);
    if (incomplete !== undefined) report.incomplete(incomplete);
    report.skipped.duplicate(await addToAccount(jobState, ACCOUNT_HAS_CLUSTER, records.map(toClusterEntity)));
    report.publish();
  },
};
