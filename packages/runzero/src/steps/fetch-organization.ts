import { createDirectRelationship } from '@jupiterone/integration-sdk-core';
import { mapConcurrent } from '@vendor-graph/flow-control';
import { addEntitiesOnce, addRelationshipsOnce, SkipReport } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { toOrganizationEntity } from '../converters/organization.js';
import { ACCOUNT, ACCOUNT_HAS_ORGANIZATION, ORGANIZATION } from '../data-model.js';
import { FETCH_ACCOUNT, FETCH_ORGANIZATION } from './step-ids.js';
import type { RunZeroStep } from './step.js';

/** How many organizations' tokens are looked for at once. */
const LOOKUPS = 4;

export const fetchOrganization: RunZeroStep = {
  id: FETCH_ORGANIZATION,
  name: 'Fetch organizations',
  entities: [ORGANIZATION],
  relationships: [ACCOUNT_HAS_ORGANIZATION],
  dependsOn: [FETCH_ACCOUNT],
  authorization: { endpoints: ['GET /account/orgs', 'GET /account/orgs/{id}/exportTokens'] },
  async run({ client, instance, jobState, logger }) {
    const skipped = new SkipReport(logger, 'organizations');
    const accountKey = await accountKeyOf(client, instance);
    const { records, malformed } = await client.organizations();
    skipped.skip('without an id', malformed);
    const entities = mapConcurrent(
      records,
      async (organization) => toOrganizationEntity(organization, await client.hasExportToken(organization)),
      { concurrency: LOOKUPS },
    );
    for await (const entity of entities) {
      const { added, duplicates } = await addEntitiesOnce(jobState, [entity]);
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        added.map(({ _key }) =>
          createDirectRelationship({
            _class: ACCOUNT_HAS_ORGANIZATION._class,
            fromType: ACCOUNT._type,
            fromKey: accountKey,
            toType: ORGANIZATION._type,
            toKey: _key,
          }),
        ),
      );
    }
    skipped.publish();
  },
};
