import { addEntitiesOnce, addRelationshipsOnce, SkipReport, type VendorStep } from '@vendor-graph/integration';
import type { AquasecClient } from '../client.js';
import { consoleUrl, type AquasecConfig } from '../config.js';
import { accountKey } from '../converters/account.js';
import { toApiKeyEntity } from '../converters/api-key.js';
import { has } from '../converters/has.js';
import { ACCOUNT_HAS_API_KEY, API_KEY } from '../data-model.js';
import { FETCH_ACCOUNT, FETCH_API_KEYS } from './step-ids.js';

export const fetchApiKeys: VendorStep<AquasecConfig, AquasecClient> = {
  id: FETCH_API_KEYS,
  name: 'Fetch API Keys',
  entities: [API_KEY],
  relationships: [ACCOUNT_HAS_API_KEY],
  dependsOn: [FETCH_ACCOUNT],
  authorization: { endpoints: ['GET /v2/apikeys'] },

  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'API keys');
    const account = accountKey(config.accountId);
    for await (const apiKeys of client.apiKeys(skipped)) {
      const entities = apiKeys.map((apiKey) => toApiKeyEntity(apiKey, consoleUrl(config)));
      const { added, duplicates } = await addEntitiesOnce(jobState, entities);
      await addRelationshipsOnce(
        jobState,
        added.map((apiKey) => has(ACCOUNT_HAS_API_KEY, account, apiKey._key)),
      );
      skipped.duplicate(duplicates);
    }
    skipped.publish();
  },
};
