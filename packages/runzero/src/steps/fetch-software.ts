import {
  addEntitiesOnce,
  addRelationshipsOnce,
  directRelationship,
  millis,
  recordReader,
  SkipReport,
  text,
} from '@vendor-graph/integration';
import { softwareKey, toSoftwareEntity } from '../converters/software.js';
import { ASSET_HAS_SOFTWARE, SOFTWARE } from '../data-model.js';
import { SOFTWARE as SOFTWARE_EXPORT } from '../export/export-resources.js';
import { readExports } from '../export/read-exports.js';
import { SOFTWARE_SOURCE } from '../ingestion-sources.js';
import { fetchAssets } from './fetch-assets.js';
import type { RunZeroStep } from './step.js';

const reader = recordReader(SOFTWARE_EXPORT.schema);

export const fetchSoftware: RunZeroStep = {
  id: 'fetch-software',
  name: 'Fetch software',
  entities: [SOFTWARE],
  relationships: [ASSET_HAS_SOFTWARE],
  dependsOn: [fetchAssets.id],
  ingestionSourceId: SOFTWARE_SOURCE,
  authorization: { endpoints: ['GET /export/org/software.jsonl'] },
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'installations of software');
    await readExports(
      { client, logger },
      {
        resource: SOFTWARE_EXPORT,
        reader,
        what: 'software',
        hangsOnAssets: true,
        async add(installations) {
          await addEntitiesOnce(
            jobState,
            installations.flatMap((installation) => toSoftwareEntity(installation) ?? []),
          );
          const relationships = installations.flatMap((installation) => {
            const key = softwareKey(installation);
            if (key === undefined || !jobState.hasKey(installation.software_asset_id)) {
              skipped.skip(key === undefined ? 'without a name' : 'on an asset that is not listed');
              return [];
            }
            return directRelationship(ASSET_HAS_SOFTWARE, installation.software_asset_id, key, {
              installedOn: millis(installation.software_installed_at),
              installedFrom: text(installation.software_installed_from),
            });
          });
          // An asset may have the same version twice, in two places.
          await addRelationshipsOnce(jobState, relationships);
          return 0;
        },
      },
    );
    skipped.publish();
  },
};
