import type { VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import { consoleUrl, type AquasecConfig } from '../config.js';
import { toAccountEntity } from '../converters/account.js';
import { ACCOUNT } from '../data-model.js';
import { FETCH_ACCOUNT } from './step-ids.js';

export const fetchAccount: VendorStep<AquasecConfig, AquasecClient> = {
  id: FETCH_ACCOUNT,
  name: 'Fetch Account Details',
  entities: [ACCOUNT],
  relationships: [],
  authorization: { endpoints: ['GET /v2/accounts/{id}'] },

  async run({ client, config, jobState }) {
    await jobState.addEntity(toAccountEntity(await client.account(), consoleUrl(config)));
  },
};
