import { mapConcurrent } from '@vendor-graph/flow-control';
import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { toOrganizationEntity } from '../converters/organization.js';
import { ACCOUNT_HAS_ORGANIZATION, ORGANIZATION } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import type { RunZeroStep } from './step.js';

/** How many organizations' tokens are looked for at once. */
const LOOKUPS = 4;

export const fetchOrganization: RunZeroStep = {
  id: 'fetch-organization',
  name: 'Fetch organizations',
  entities: [ORGANIZATION],
  relationships: [ACCOUNT_HAS_ORGANIZATION],
  dependsOn: [fetchAccount.id],
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
        added.map(({ _key }) => directRelationship(ACCOUNT_HAS_ORGANIZATION, accountKey, _key)),
      );
    }
    skipped.publish();
  },
};
