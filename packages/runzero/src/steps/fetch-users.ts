import { createDirectRelationship } from '@jupiterone/integration-sdk-core';
import { addEntitiesOnce, addRelationshipsOnce, SkipReport } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { toUserEntity } from '../converters/user.js';
import { ACCOUNT, ACCOUNT_HAS_USER, USER } from '../data-model.js';
import { FETCH_ACCOUNT, FETCH_USERS } from './step-ids.js';
import type { RunZeroStep } from './step.js';

export const fetchUsers: RunZeroStep = {
  id: FETCH_USERS,
  name: 'Fetch users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER],
  dependsOn: [FETCH_ACCOUNT],
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
      added.map(({ _key }) =>
        createDirectRelationship({
          _class: ACCOUNT_HAS_USER._class,
          fromType: ACCOUNT._type,
          fromKey: accountKey,
          toType: USER._type,
          toKey: _key,
        }),
      ),
    );
    skipped.publish();
  },
};
