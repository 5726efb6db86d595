import { addEntitiesOnce, addRelationshipsOnce, SkipReport, type VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import type { AquasecConfig } from '../config.js';
import { accountKey } from '../converters/account.js';
import { groupKey } from '../converters/group.js';
import { has } from '../converters/has.js';
import { toUserEntity, userKey } from '../converters/user.js';
import { ACCOUNT_HAS_USER, GROUP_HAS_USER, USER } from '../data-model.js';
import { FETCH_ACCOUNT, FETCH_GROUPS, FETCH_USERS } from './step-ids.js';

export const fetchUsers: VendorStep<AquasecConfig, AquasecClient> = {
  id: FETCH_USERS,
  name: 'Fetch Users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER, GROUP_HAS_USER],
  dependsOn: [FETCH_ACCOUNT, FETCH_GROUPS],
  authorization: { endpoints: ['GET /v2/users'] },

  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'users');
    const memberships = new SkipReport(logger, 'group memberships');
    const account = accountKey(config.accountId);

    for await (const users of client.users(skipped)) {
      const { added, duplicates } = await addEntitiesOnce(jobState, users.map(toUserEntity));
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        added.map((user) => has(ACCOUNT_HAS_USER, account, user._key)),
      );

      const memberOf = users.flatMap(({ id, groups = [] }) =>
        groups.map((group) => ({ group: groupKey(group.id), user: userKey(id) })),
      );
      // A group may be missing: the groups could not be read, or it is not listed to this key.
      const known = memberOf.filter(({ group }) => jobState.hasKey(group));
      memberships.skip('of a group that is not listed', memberOf.length - known.length);
      await addRelationshipsOnce(
        jobState,
        known.map(({ group, user }) => has(GROUP_HAS_USER, group, user)),
      );
    }

    skipped.publish();
    memberships.publish();
  },
};
