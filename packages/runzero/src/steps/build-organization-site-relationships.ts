import { addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { ORGANIZATION_HAS_SITE } from '../data-model.js';
import { fetchOrganization } from './fetch-organization.js';
import { fetchSites } from './fetch-sites.js';
import type { RunZeroStep } from './step.js';

export const buildOrganizationSiteRelationships: RunZeroStep = {
  id: 'build-organization-site-relationships',
  name: 'Build organization and site relationships',
  entities: [],
  relationships: [ORGANIZATION_HAS_SITE],
  dependsOn: [fetchSites.id, fetchOrganization.id],
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'relationships of organizations to sites');
    const { records } = await client.sites();
    const relationships = records.flatMap((site) => {
      if (!jobState.hasKey(site.id)) return [];
      if (site.organization_id === undefined || !jobState.hasKey(site.organization_id)) {
        skipped.skip('to an organization that is not listed');
        return [];
      }
      return directRelationship(ORGANIZATION_HAS_SITE, site.organization_id, site.id);
    });
    await addRelationshipsOnce(jobState, relationships);
    skipped.publish();
  },
};
