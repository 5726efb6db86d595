import { accountKeyOf } from '../account-key.js';
import { toAccountEntity } from '../converters/account.js';
import { ACCOUNT } from '../data-model.js';
import type { RunZeroStep } from './step.js';

export const fetchAccount: RunZeroStep = {
  id: 'fetch-account',
  name: 'Fetch account',
  entities: [ACCOUNT],
  relationships: [],
  async run({ client, config, instance, jobState }) {
    const key = await accountKeyOf(client, instance);
    await jobState.addEntity(toAccountEntity({ key, name: instance.name, apiBaseUrl: config.apiBaseUrl }));
  },
};
