import { addEntitiesOnce, SkipReport } from '@vendor-graph/integration';
import { toSiteEntity } from '../converters/site.js';
import { SITE } from '../data-model.js';
import type { RunZeroStep } from './step.js';

export const fetchSites: RunZeroStep = {
  id: 'fetch-sites',
  name: 'Fetch sites',
  entities: [SITE],
  relationships: [],
  authorization: { endpoints: ['GET /account/sites', 'GET /export/org/sites.json'] },
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'sites');
    const { records, malformed } = await client.sites();
    skipped.skip('without an id', malformed);
    const { duplicates } = await addEntitiesOnce(jobState, records.map(toSiteEntity));
    skipped.duplicate(duplicates);
    skipped.publish();
  },
};
