import { toImageEntity } from '../converters/image.js';
import { ACCOUNT_HAS_IMAGE, IMAGE } from '../data-model.js';
import { ListReport } from '../list-report.js';
import { addToAccount } from './add-to-account.js';
import { fetchAccount } from './fetch-account.js';
import type { PanopticaStep } from './step.js';

export const fetchImages: PanopticaStep = {
  id: 'fetch-images',
  name: 'Fetch images',
  entities: [IMAGE],
  relationships: [ACCOUNT_HAS_IMAGE],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /images'] },
  async run({ client, jobState, logger }) {
    const report = new ListReport(logger, 'images');
    for await (const page of client.images(report)) {
      report.skipped.duplicate(await addToAccount(jobState, ACCOUNT_HAS_IMAGE, page.map(toImageEntity)));
    }
    report.publish();
  },
};
