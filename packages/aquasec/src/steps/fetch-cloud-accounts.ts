import { addEntitiesOnce, addRelationshipsOnce, SkipReport, type VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import type { AquasecConfig } from '../config.js';
import { accountKey } from '../converters/account.js';
import { cloudAccountKey, toCloudAccountEntity } from '../converters/cloud-account.js';
import { groupKey } from '../converters/group.js';
import { has } from '../converters/has.js';
import { ACCOUNT_HAS_CLOUD_ACCOUNT, CLOUD_ACCOUNT, GROUP_HAS_CLOUD_ACCOUNT } from '../data-model.js';
import { CLOUD_ACCOUNTS } from '../ingestion-sources.js';
import { FETCH_ACCOUNT, FETCH_CLOUD_ACCOUNTS, FETCH_GROUPS } from './step-ids.js';

export const fetchCloudAccounts: VendorStep<AquasecConfig, AquasecClient> = {
  id: FETCH_CLOUD_ACCOUNTS,
  name: 'Fetch Cloud Accounts',
  entities: [CLOUD_ACCOUNT],
  relationships: [ACCOUNT_HAS_CLOUD_ACCOUNT, GROUP_HAS_CLOUD_ACCOUNT],
  dependsOn: [FETCH_ACCOUNT, FETCH_GROUPS],
  ingestionSourceId: CLOUD_ACCOUNTS,
  authorization: { endpoints: ['GET /v2/keys'] },

  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'cloud accounts');
    const account = accountKey(config.accountId);
    for await (const cloudAccounts of client.cloudAccounts(skipped)) {
      const { added, duplicates } = await addEntitiesOnce(jobState, cloudAccounts.map(toCloudAccountEntity));
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        added.map((cloudAccount) => has(ACCOUNT_HAS_CLOUD_ACCOUNT, account, cloudAccount._key)),
      );
      const inGroups = cloudAccounts
        .filter(({ group_id: group }) => group !== undefined && jobState.hasKey(groupKey(group)))
        .map(({ id, group_id: group = 0 }) => has(GROUP_HAS_CLOUD_ACCOUNT, groupKey(group), cloudAccountKey(id)));
      await addRelationshipsOnce(jobState, inGroups);
    }
    skipped.publish();
  },
};
