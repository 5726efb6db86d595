import {
  addEntitiesOnce,
  addRelationshipsOnce,
  directRelationship,
  recordReader,
  SkipReport,
} from '@vendor-graph/integration';
import { toWirelessNetworkEntity } from '../converters/wireless-network.js';
import { SITE_HAS_WIRELESS_NETWORK, WIRELESS_NETWORK } from '../data-model.js';
import { WIRELESS_NETWORKS } from '../export/export-resources.js';
import { readExports } from '../export/read-exports.js';
import { WIRELESS_SOURCE } from '../ingestion-sources.js';
import { fetchSites } from './fetch-sites.js';
import type { RunZeroStep } from './step.js';

const reader = recordReader(WIRELESS_NETWORKS.schema);

export const fetchWirelessNetworks: RunZeroStep = {
  id: 'fetch-wireless-networks',
  name: 'Fetch wireless networks',
  entities: [WIRELESS_NETWORK],
  relationships: [SITE_HAS_WIRELESS_NETWORK],
  dependsOn: [fetchSites.id],
  ingestionSourceId: WIRELESS_SOURCE,
  authorization: { endpoints: ['GET /export/org/wireless.jsonl'] },
  async run({ client, jobState, logger }) {
    const unrelated = new SkipReport(logger, 'relationships of sites to wireless networks');
    await readExports(
      { client, logger },
      {
        resource: WIRELESS_NETWORKS,
        reader,
        what: 'wireless networks',
        hangsOnAssets: false,
        async add(networks) {
          const fresh = networks.filter((network) => !jobState.hasKey(network.id));
          const { added } = await addEntitiesOnce(jobState, fresh.map(toWirelessNetworkEntity));
          const relationships = added.flatMap(({ _key, siteId }) => {
            if (typeof siteId !== 'string' || !jobState.hasKey(siteId)) {
              unrelated.skip('to a site that is not listed');
              return [];
            }
            return directRelationship(SITE_HAS_WIRELESS_NETWORK, siteId, _key);
          });
          await addRelationshipsOnce(jobState, relationships);
          return networks.length - added.length;
        },
      },
    );
    unrelated.publish();
  },
};
