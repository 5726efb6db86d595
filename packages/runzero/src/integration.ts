import {
  DisabledStepReason,
  IntegrationInfoEventName,
  IntegrationWarnEventName,
  type IntegrationInvocationConfig,
  type IntegrationLogger,
} from '@jupiterone/integration-sdk-core';
import { defineIntegration } from '@vendor-graph/integration';
import { accountKeyOf } from './account-key.js';
import { RunZeroClient, type RunZeroClientOptions } from './client.js';
import { configFields, readRunZeroConfig, type RunZeroConfig } from './config.js';
import { ingestionSources } from './ingestion-sources.js';
import { buildOrganizationSiteRelationships } from './steps/build-organization-site-relationships.js';
import { buildSiteAccountRelationships } from './steps/build-site-account-relationships.js';
import { buildSiteAssetRelationships } from './steps/build-site-asset-relationships.js';
import { buildUserOrganizationRelationships } from './steps/build-user-organization-relationships.js';
import { fetchAccount } from './steps/fetch-account.js';
import { fetchAssets } from './steps/fetch-assets.js';
import { fetchOrganization } from './steps/fetch-organization.js';
import { fetchServices } from './steps/fetch-services.js';
import { fetchSites } from './steps/fetch-sites.js';
import { fetchSoftware } from './steps/fetch-software.js';
import { fetchUsers } from './steps/fetch-users.js';
import { fetchVulnerabilities } from './steps/fetch-vulnerabilities.js';
import { fetchWirelessNetworks } from './steps/fetch-wireless-networks.js';

/** What needs the account key: an export token sees one organization's inventory and nothing of the account. */
const ACCOUNT_STEPS = [
  fetchOrganization,
  fetchUsers,
  buildUserOrganizationRelationships,
  buildOrganizationSiteRelationships,
];

/**
 * runZero as a JupiterOne integration.
 *
 * @param surroundings what a test replaces: time, chance, time limits
 */
export function runZeroIntegration(
  surroundings: Pick<RunZeroClientOptions, 'clock' | 'random' | 'timeouts'> = {},
): IntegrationInvocationConfig {
  return defineIntegration<RunZeroConfig, RunZeroClient>({
    vendor: 'runzero',
    fields: configFields,
    readConfig: readRunZeroConfig,
    createClient: (config, { logger }) =>
      new RunZeroClient({ ...config, ...surroundings, onLowQuota: warnOfQuota(logger) }),
    async checkCredentials(client, _config, { instance }) {
      // The lists that prove the credential are those that the steps use: the check costs no call of its own.
      if (client.mode === 'account-key') await accountKeyOf(client, instance);
      else await client.sites();
    },
    credentialHelp:
      'Check that the credential is of the kind that it was entered as (Account API Key or Export Token), that it still exists in the runZero console, that the licence includes the API, and that its list of allowed addresses includes this machine.',
    ingestionSources,
    disabledSteps: stepsWithoutAccountKey,
    steps: [
      fetchAccount,
      fetchOrganization,
      fetchUsers,
      buildUserOrganizationRelationships,
      fetchSites,
      buildOrganizationSiteRelationships,
      buildSiteAccountRelationships,
      fetchAssets,
      buildSiteAssetRelationships,
      fetchServices,
      fetchSoftware,
      fetchVulnerabilities,
      fetchWirelessNetworks,
    ],
  });
}

function stepsWithoutAccountKey(
  { accountAPIKey }: RunZeroConfig,
  logger: IntegrationLogger,
): Record<string, DisabledStepReason> {
  if (accountAPIKey !== undefined) return {};
  logger.publishInfoEvent({
    name: IntegrationInfoEventName.Stats,
    description: 'Users and organizations are not collected: an Export Token shows one organization without either.',
  });
  return Object.fromEntries(ACCOUNT_STEPS.map(({ id }) => [id, DisabledStepReason.PERMISSION]));
}

function warnOfQuota(logger: IntegrationLogger): RunZeroClientOptions['onLowQuota'] {
  return ({ limit, remaining }) => {
    logger.publishWarnEvent({
      name: IntegrationWarnEventName.IngestionLimitEncountered,
      description: `Only ${remaining} of the ${limit} API calls that runZero allows the account each day are left. When none is left, collecting fails until the next day.`,
    });
  };
}
