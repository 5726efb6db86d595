import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { accountKey } from '../converters/account.js';
import { cloudAccountKey, toCloudAccountEntity } from '../converters/cloud-account.js';
import { groupKey } from '../converters/group.js';
import { ACCOUNT_HAS_CLOUD_ACCOUNT, CLOUD_ACCOUNT, GROUP_HAS_CLOUD_ACCOUNT } from '../data-model.js';
import { CLOUD_ACCOUNTS_SOURCE } from '../ingestion-sources.js';
import { fetchAccount } from './fetch-account.js';
import { fetchGroups } from './fetch-groups.js';
import type { AquasecStep } from './step.js';

export const fetchCloudAccounts: AquasecStep = {
  id: 'fetch-cloud-accounts',
  name: 'Fetch Cloud Accounts',
  entities: [CLOUD_ACCOUNT],
  relationships: [ACCOUNT_HAS_CLOUD_ACCOUNT, GROUP_HAS_CLOUD_ACCOUNT],
  dependsOn: [fetchAccount.id, fetchGroups.id],
  ingestionSourceId: CLOUD_ACCOUNTS_SOURCE,
  authorization: { endpoints: ['GET /v2/keys'] },
  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'cloud accounts');
    const account = accountKey(config.accountId);
    for await (const cloudAccounts of client.cloudAccounts(skipped)) {
      const { added, duplicates } = await addEntitiesOnce(jobState, cloudAccounts.map(toCloudAccountEntity));
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        added.map((cloudAccount) => directRelationship(ACCOUNT_HAS_CLOUD_ACCOUNT, account, cloudAccount._key)),
      );
      const inGroups = cloudAccounts
        .filter(({ group_id: group }) => group !== undefined && jobState.hasKey(groupKey(group)))
        .map(({ id, group_id: group = 0 }) =>
          directRelationship(GROUP_HAS_CLOUD_ACCOUNT, groupKey(group), cloudAccountKey(id)),
        );
      await addRelationshipsOnce(jobState, inGroups);
    }
    skipped.publish();
  },
};
