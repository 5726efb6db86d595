import { IntegrationError, type IntegrationLogger } from '@jupiterone/integration-sdk-core';
import { HttpError } from '@vendor-graph/http';
import type { PanopticaClient } from '../client.js';
import { toAccountEntity, type AccountSources } from '../converters/account.js';
import { ACCOUNT } from '../data-model.js';
import { setAccountKey } from './add-to-account.js';
import type { PanopticaStep } from './step.js';

export const fetchAccount: PanopticaStep = {
  id: 'fetch-account',
  name: 'Fetch account',
  entities: [ACCOUNT],
  relationships: [],
  authorization: {
    endpoints: ['GET /users', 'GET /me', 'POST /account/usageStatus', 'GET /kubernetesClusters'],
  },
  async run({ client, config, instance, jobState, logger }) {
    const { records: users } = await client.users();
    const account = await jobState.addEntity(
      toAccountEntity({
        accessKey: config.accessKey,
        users,
        instance,
        clusters: (await unlessRefused(() => client.clusters(), 'clusters', logger))?.records,
        ...(await ownFacts(client, logger)),
      }),
    );
    await setAccountKey(jobState, account._key);
  },
};

/** What the account says of itself. Some services answer neither of these; the account is collected without. */
async function ownFacts(
  client: PanopticaClient,
  logger: IntegrationLogger,
): Promise<Pick<AccountSources, 'currentUser' | 'usage'>> {
  const currentUser = await unlessRefused(() => client.currentUser(), 'current user', logger);
  const usage =
    currentUser?.usageStatus ?? (await unlessRefused(() => client.usageStatus(), 'usage of the account', logger));
  return { currentUser, usage };
}

/** Undefined when the request failed: what it would have told is left out of the account. */
async function unlessRefused<T>(
  request: () => Promise<T>,
  what: string,
  logger: IntegrationLogger,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof HttpError) && !(error instanceof IntegrationError)) throw error;
    logger.info({ reason: error.message }, `The ${what} could not be read; the account is collected without.`);
    return undefined;
  }
}
