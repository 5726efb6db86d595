import { toAccountEntity } from '../converters/account.js';
import { ACCOUNT } from '../data-model.js';
import type { ThreatStackStep } from './step.js';

export const fetchAccount: ThreatStackStep = {
  id: 'fetch-account',
  name: 'Fetch account',
  entities: [ACCOUNT],
  relationships: [],
  async run({ config, jobState }) {
    await jobState.addEntity(toAccountEntity(config));
  },
};
