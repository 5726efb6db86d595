import { createDirectRelationship } from '@jupiterone/integration-sdk-core';
import { addRelationshipsOnce } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { ACCOUNT, ACCOUNT_HAS_SITE, SITE } from '../data-model.js';
import { BUILD_SITE_ACCOUNT_RELATIONSHIPS, FETCH_ACCOUNT, FETCH_SITES } from './step-ids.js';
import type { RunZeroStep } from './step.js';

export const buildSiteAccountRelationships: RunZeroStep = {
  id: BUILD_SITE_ACCOUNT_RELATIONSHIPS,
  name: 'Build account and site relationships',
  entities: [],
  relationships: [ACCOUNT_HAS_SITE],
  dependsOn: [FETCH_SITES, FETCH_ACCOUNT],
  async run({ client, instance, jobState }) {
    const accountKey = await accountKeyOf(client, instance);
    const { records } = await client.sites();
    await addRelationshipsOnce(
      jobState,
      records
        .filter((site) => jobState.hasKey(site.id))
        .map((site) =>
          createDirectRelationship({
            _class: ACCOUNT_HAS_SITE._class,
            fromType: ACCOUNT._type,
            fromKey: accountKey,
            toType: SITE._type,
            toKey: site.id,
          }),
        ),
    );
  },
};
