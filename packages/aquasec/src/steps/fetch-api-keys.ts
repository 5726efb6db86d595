import { addEntitiesOnce, addRelationshipsOnce, directRelationship, SkipReport } from '@vendor-graph/integration';
import { consoleUrl } from '../config.js';
import { accountKey } from '../converters/account.js';
import { toApiKeyEntity } from '../converters/api-key.js';
import { ACCOUNT_HAS_API_KEY, API_KEY } from '../data-model.js';
import { fetchAccount } from './fetch-account.js';
import type { AquasecStep } from './step.js';

export const fetchApiKeys: AquasecStep = {
  id: 'fetch-api-keys',
  name: 'Fetch API Keys',
  entities: [API_KEY],
  relationships: [ACCOUNT_HAS_API_KEY],
  dependsOn: [fetchAccount.id],
  authorization: { endpoints: ['GET /v2/apikeys'] },
  async run({ client, config, jobState, logger }) {
    const skipped = new SkipReport(logger, 'API keys');
    const account = accountKey(config.accountId);
    for await (const apiKeys of client.apiKeys(skipped)) {
      const entities = apiKeys.map((apiKey) => toApiKeyEntity(apiKey, consoleUrl(config)));
      const { added, duplicates } = await addEntitiesOnce(jobState, entities);
      await addRelationshipsOnce(
        jobState,
        added.map((apiKey) => directRelationship(ACCOUNT_HAS_API_KEY, account, apiKey._key)),
      );
      skipped.duplicate(duplicates);
    }
    skipped.publish();
  },
};
