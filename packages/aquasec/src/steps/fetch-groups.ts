import { addEntitiesOnce, addRelationshipsOnce, SkipReport, type VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import type { AquasecConfig } from '../config.js';
import { accountKey } from '../converters/account.js';
import { toGroupEntity } from '../converters/group.js';
import { has } from '../converters/has.js';
import { ACCOUNT_HAS_GROUP, GROUP } from '../data-model.js';
import { FETCH_ACCOUNT, FETCH_GROUPS } from './step-ids.js';

export const fetchGroups: VendorStep<AquasecConfig, AquasecClient> = {
  id: FETCH_GROUPS,
  name: 'Fetch Groups',
  entities: [GROUP],
  relationships: [ACCOUNT_HAS_GROUP],
  dependsOn: [FETCH_ACCOUNT],
  authorization: { endpoints: ['GET /v2/groups'] },

  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'groups');
    const account = accountKey(config.accountId);
    for await (const groups of client.groups(skipped)) {
      const { added, duplicates } = await addEntitiesOnce(jobState, groups.map(toGroupEntity));
      await addRelationshipsOnce(
        jobState,
        added.map((group) => has(ACCOUNT_HAS_GROUP, account, group._key)),
      );
      skipped.duplicate(duplicates);
    }
    skipped.publish();
  },
};
