import {
  addEntitiesOnce,
  addRelationshipsOnce,
  directRelationship,
  recordReader,
  SkipReport,
} from '@vendor-graph/integration';
import { toServiceEntity } from '../converters/service.js';
import { ASSET_HAS_SERVICE, SERVICE } from '../data-model.js';
import { SERVICES } from '../export/export-resources.js';
import { readExports } from '../export/read-exports.js';
import { SERVICES_SOURCE } from '../ingestion-sources.js';
import { fetchAssets } from './fetch-assets.js';
import type { RunZeroStep } from './step.js';

const reader = recordReader(SERVICES.schema);

export const fetchServices: RunZeroStep = {
  id: 'fetch-services',
  name: 'Fetch services',
  entities: [SERVICE],
  relationships: [ASSET_HAS_SERVICE],
  dependsOn: [fetchAssets.id],
  ingestionSourceId: SERVICES_SOURCE,
  authorization: { endpoints: ['GET /export/org/services.jsonl'] },
  async run({ client, jobState, logger }) {
    const unrelated = new SkipReport(logger, 'relationships of assets to services');
    await readExports(
      { client, logger },
      {
        resource: SERVICES,
        reader,
        what: 'services',
        hangsOnAssets: true,
        async add(services) {
          const fresh = services.filter((service) => !jobState.hasKey(service.service_id));
          const { added } = await addEntitiesOnce(jobState, fresh.map(toServiceEntity));
          const relationships = added.flatMap(({ _key, assetId }) => {
            if (typeof assetId !== 'string' || !jobState.hasKey(assetId)) {
              unrelated.skip('to an asset that is not listed');
              return [];
            }
            return directRelationship(ASSET_HAS_SERVICE, assetId, _key);
          });
          await addRelationshipsOnce(jobState, relationships);
          return services.length - added.length;
        },
      },
    );
    unrelated.publish();
  },
};
