import type { IntegrationIngestionConfigFieldMap } from '@jupiterone/integration-sdk-core';

export const CLOUD_ACCOUNTS_SOURCE = 'cloud-accounts';

/** What a user can switch on and off. */
export const ingestionSources: IntegrationIngestionConfigFieldMap = {
  [CLOUD_ACCOUNTS_SOURCE]: {
    title: 'Connected cloud accounts',
    description: 'The cloud accounts that Aqua scans, and the groups that they are in.',
    defaultsToDisabled: true,
  },
};
