import { createDirectRelationship } from '@jupiterone/integration-sdk-core';
import { addRelationshipsOnce, SkipReport } from '@vendor-graph/integration';
import { ORGANIZATION, ORGANIZATION_HAS_SITE, SITE } from '../data-model.js';
import { BUILD_ORGANIZATION_SITE_RELATIONSHIPS, FETCH_ORGANIZATION, FETCH_SITES } from './step-ids.js';
import type { RunZeroStep } from './step.js';

export const buildOrganizationSiteRelationships: RunZeroStep = {
  id: BUILD_ORGANIZATION_SITE_RELATIONSHIPS,
  name: 'Build organization and site relationships',
  entities: [],
  relationships: [ORGANIZATION_HAS_SITE],
  dependsOn: [FETCH_SITES, FETCH_ORGANIZATION],
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'relationships of organizations to sites');
    const { records } = await client.sites();
    const relationships = records.flatMap((site) => {
      if (!jobState.hasKey(site.id)) return [];
      if (site.organization_id === undefined || !jobState.hasKey(site.organization_id)) {
        skipped.skip('to an organization that is not listed');
        return [];
      }
      return createDirectRelationship({
        _class: ORGANIZATION_HAS_SITE._class,
        fromType: ORGANIZATION._type,
        fromKey: site.organization_id,
        toType: SITE._type,
        toKey: site.id,
      });
    });
    await addRelationshipsOnce(jobState, relationships);
    skipped.publish();
  },
};
