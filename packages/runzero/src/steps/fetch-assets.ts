import { IntegrationWarnEventName, type IntegrationLogger } from '@jupiterone/integration-sdk-core';
import { addEntitiesOnce } from '@vendor-graph/integration';
import { assetReader } from '../asset-reader.js';
import type { Inventory } from '../client.js';
import { toAssetEntity } from '../converters/asset.js';
import { ASSET } from '../data-model.js';
import { ASSETS } from '../export/export-resources.js';
import { nameOf, readExports } from '../export/read-exports.js';
import type { OrganizationRecord } from '../records.js';
import { SiteAssetsNotes } from '../site-assets.js';
import { fetchSites } from './fetch-sites.js';
import type { RunZeroStep } from './step.js';

/** A shortfall against the console's counters, which lag behind, is told from this share and this number on. */
const NOTABLE_SHARE = 0.1;
const NOTABLE_ASSETS = 10;

export const fetchAssets: RunZeroStep = {
  id: 'fetch-assets',
  name: 'Fetch assets',
  entities: [ASSET],
  relationships: [],
  dependsOn: [fetchSites.id],
  authorization: { endpoints: ['GET /export/org/assets.jsonl'] },
  async run({ client, jobState, logger, startedOn }) {
    const notes = new SiteAssetsNotes();
    try {
      const unopened = await readExports(
        { client, logger },
        {
          resource: ASSETS,
          reader: assetReader,
          what: 'assets',
          hangsOnAssets: true,
          async add(assets) {
            const fresh = assets.filter((asset) => !jobState.hasKey(asset.id));
            const { added } = await addEntitiesOnce(
              jobState,
              fresh.map((asset) => toAssetEntity(asset, startedOn)),
            );
            for (const { _key, siteId } of added) notes.add(_key, typeof siteId === 'string' ? siteId : undefined);
            return assets.length - added.length;
          },
          check: (inventory, read) => {
            checkCount(inventory, read, logger);
          },
        },
      );
      warnOfUnopened(unopened, logger);
    } finally {
      await notes.leave(jobState);
    }
  },
};

/** A connection that was closed in an orderly way between two lines looks like the end; the counters tell it apart. */
function checkCount({ organization, counted }: Inventory, read: number, logger: IntegrationLogger): void {
  const expectedAssets = counted('assets') ?? 0;
  const missing = expectedAssets - read;
  if (missing <= NOTABLE_ASSETS || missing <= expectedAssets * NOTABLE_SHARE) return;
  logger.publishWarnEvent({
    name: IntegrationWarnEventName.IncompleteData,
    description: `The export of ${nameOf(organization)} held ${read} assets, but the console counts ${expectedAssets}. Its counters may lag behind; collect again if the difference stays.`,
  });
}

function warnOfUnopened(organizations: readonly OrganizationRecord[], logger: IntegrationLogger): void {
  if (organizations.length === 0) return;
  const names = organizations.map(nameOf).join(', ');
  const these = organizations.length === 1 ? '1 organization has' : `${organizations.length} organizations have`;
  logger.publishWarnEvent({
    name: IntegrationWarnEventName.MissingPermission,
    description: `${these} no export token, so that no assets were read there: ${names}. Create export tokens in the runZero console, or set exportWithAccountKey to true.`,
  });
}
