import { addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { SITE_HAS_ASSET } from '../data-model.js';
import { takeSiteAssets } from '../site-assets.js';
import { fetchAssets } from './fetch-assets.js';
import { fetchSites } from './fetch-sites.js';
import type { RunZeroStep } from './step.js';

/** How many relationships are added at once. */
const BATCH = 500;

export const buildSiteAssetRelationships: RunZeroStep = {
  id: 'build-site-asset-relationships',
  name: 'Build site and asset relationships',
  entities: [],
  relationships: [SITE_HAS_ASSET],
  dependsOn: [fetchSites.id, fetchAssets.id],
  async run({ jobState, logger }) {
    const skipped = new SkipReport(logger, 'relationships of sites to assets');
    for (const [siteId, assetKeys] of await takeSiteAssets(jobState)) {
      if (siteId === '' || !jobState.hasKey(siteId)) {
        skipped.skip('to a site that is not listed', assetKeys.length);
        continue;
      }
      for (let start = 0; start < assetKeys.length; start += BATCH) {
        await addRelationshipsOnce(
          jobState,
          assetKeys.slice(start, start + BATCH).map((assetKey) => directRelationship(SITE_HAS_ASSET, siteId, assetKey)),
        );
      }
    }
    skipped.publish();
  },
};
