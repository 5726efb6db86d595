import { addRelationshipsOnce, directRelationship } from '@vendor-graph/integration';
import { accountKeyOf } from '../account-key.js';
import { ACCOUNT_HAS_SITE } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import { fetchSites } from './fetch-sites.js';
import type { RunZeroStep } from './step.js';

export const buildSiteAccountRelationships: RunZeroStep = {
  id: 'build-site-account-relationships',
  name: 'Build account and site relationships',
  entities: [],
  relationships: [ACCOUNT_HAS_SITE],
  dependsOn: [fetchSites.id, fetchAccount.id],
  async run({ client, instance, jobState }) {
    const accountKey = await accountKeyOf(client, instance);
    const { records } = await client.sites();
    await addRelationshipsOnce(
      jobState,
      records
        .filter((site) => jobState.hasKey(site.id))
        .map((site) => directRelationship(ACCOUNT_HAS_SITE, accountKey, site.id)),
    );
  },
};
