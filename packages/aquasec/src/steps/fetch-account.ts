import { consoleUrl } from '../config.js';
import { toAccountEntity } from '../converters/account.js';
import { ACCOUNT } from '../data-model.js';
import type { AquasecStep } from './step.js';

export const fetchAccount: AquasecStep = {
  id: 'fetch-account',
  name: 'Fetch Account Details',
  entities: [ACCOUNT],
  relationships: [],
  authorization: { endpoints: ['GET /v2/accounts/{id}'] },
  async run({ client, config, jobState }) {
    await jobState.addEntity(toAccountEntity(await client.account(), consoleUrl(config)));
  },
};
