import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { accountKey } from '../converters/account.js';
import { groupKey } from '../converters/group.js';
import { toUserEntity, userKey } from '../converters/user.js';
import { ACCOUNT_HAS_USER, GROUP_HAS_USER, USER } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import { fetchGroups } from './fetch-groups.js';
import type { AquasecStep } from './step.js';

export const fetchUsers: AquasecStep = {
  id: 'fetch-users',
  name: 'Fetch Users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER, GROUP_HAS_USER],
  dependsOn: [fetchAccount.id, fetchGroups.id],
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
        added.map((user) => directRelationship(ACCOUNT_HAS_USER, account, user._key)),
      );

      const memberOf = users.flatMap(({ id, groups = [] }) =>
        groups.map((group) => ({ group: groupKey(group.id), user: userKey(id) })),
      );
      // A group may be missing: the groups could not be read, or it is not listed to this key.
      const known = memberOf.filter(({ group }) => jobState.hasKey(group));
      memberships.skip('of a group that is not listed', memberOf.length - known.length);
      await addRelationshipsOnce(
        jobState,
        known.map(({ group, user }) => directRelationship(GROUP_HAS_USER, group, user)),
      );
    }

    skipped.publish();
    memberships.publish();
  },
};
