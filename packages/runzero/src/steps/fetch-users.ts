import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { toUserEntity } from '../converters/user.js';
import { ACCOUNT_HAS_USER, USER } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import type { RunZeroStep } from './step.js';

export const fetchUsers: RunZeroStep = {
  id: 'fetch-users',
  name: 'Fetch users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /account/users'] },
  async run({ client, instance, jobState, logger }) {
    const skipped = new SkipReport(logger, 'users');
    const accountKey = await accountKeyOf(client, instance);
    const { records, malformed } = await client.users();
    skipped.skip('without an id', malformed);
    const { added, duplicates } = await addEntitiesOnce(jobState, records.map(toUserEntity));
    skipped.duplicate(duplicates);
    await addRelationshipsOnce(
      jobState,
      added.map(({ _key }) => directRelationship(ACCOUNT_HAS_USER, accountKey, _key)),
    );
    skipped.publish();
  },
};
