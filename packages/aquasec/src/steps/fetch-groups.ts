import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { accountKey } from '../converters/account.js';
import { toGroupEntity } from '../converters/group.js';
import { ACCOUNT_HAS_GROUP, GROUP } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import type { AquasecStep } from './step.js';

export const fetchGroups: AquasecStep = {
  id: 'fetch-groups',
  name: 'Fetch Groups',
  entities: [GROUP],
  relationships: [ACCOUNT_HAS_GROUP],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /v2/groups'] },
  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'groups');
    const account = accountKey(config.accountId);
    for await (const groups of client.groups(skipped)) {
      const { added, duplicates } = await addEntitiesOnce(jobState, groups.map(toGroupEntity));
      await addRelationshipsOnce(
        jobState,
        added.map((group) => directRelationship(ACCOUNT_HAS_GROUP, account, group._key)),
      );
      skipped.duplicate(duplicates);
    }
    skipped.publish();
  },
};
