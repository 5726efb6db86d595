import { createDirectRelationship } from '@jupiterone/integration-sdk-core';
import { addRelationshipsOnce, SkipReport } from '@vendor-graph/integration';
import { ASSET, SITE, SITE_HAS_ASSET } from '../data-model.js';
import { takeSiteAssets } from '../site-assets.js';
import { BUILD_SITE_ASSET_RELATIONSHIPS, FETCH_ASSETS, FETCH_SITES } from './step-ids.js';
import type { RunZeroStep } from './step.js';

/** How many relationships are added at once. */
const BATCH = 500;

export const buildSiteAssetRelationships: RunZeroStep = {
  id: BUILD_SITE_ASSET_RELATIONSHIPS,
  name: 'Build site and asset relationships',
  entities: [],
  relationships: [SITE_HAS_ASSET],
  dependsOn: [FETCH_SITES, FETCH_ASSETS],
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
          assetKeys.slice(start, start + BATCH).map((assetKey) =>
            createDirectRelationship({
              _class: SITE_HAS_ASSET._class,
              fromType: SITE._type,
              fromKey: siteId,
              toType: ASSET._type,
              toKey: assetKey,
            }),
          ),
        );
      }
    }
    skipped.publish();
  },
};
