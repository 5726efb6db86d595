import { IntegrationValidationError, type IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { HttpError } from '@vendor-graph/http';
import { defineIntegration, environmentVariable } from '@vendor-graph/integration';
import { AquasecClient } from './client.js';
import { apiBaseUrl, configFields, readAquasecConfig, type AquasecConfig } from './config.js';
import { ingestionSources } from './ingestion-sources.js';
import { credentialHelp } from './refused-credentials.js';
import { fetchAccount } from './steps/fetch-account.js';
import { fetchApiKeys } from './steps/fetch-api-keys.js';
import { fetchCloudAccounts } from './steps/fetch-cloud-accounts.js';
import { fetchGroups } from './steps/fetch-groups.js';
import { fetchUsers } from './steps/fetch-users.js';

/** Aqua as a JupiterOne integration. */
export const invocationConfig: IntegrationInvocationConfig = defineIntegration<AquasecConfig, AquasecClient>({
  vendor: 'aquasec',
  fields: configFields,
  readConfig: readAquasecConfig,
  createClient: (config, { sharedLimit }) =>
    new AquasecClient({ ...config, apiBaseUrl: apiBaseUrl(config), sharedLimit: sharedLimit(config.accountId) }),
  checkCredentials,
  credentialHelp,
  ingestionSources,
  steps: [fetchAccount, fetchGroups, fetchUsers, fetchApiKeys, fetchCloudAccounts],
});

/** Reads the account, which the first step uses: the check costs no request of its own. */
async function checkCredentials(client: AquasecClient, { accountId }: AquasecConfig): Promise<void> {
  try {
    const account = await client.account();
    if (String(account.id) === accountId) return;
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error;
  }
  throw new IntegrationValidationError(
    `accountId (${environmentVariable('aquasec', 'accountId')}) is not the account of this API key. ${configFields.accountId.whereToFind}`,
  );
}
