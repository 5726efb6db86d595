import type { IntegrationIngestionConfigFieldMap } from '@jupiterone/integration-sdk-core';

export const SERVICES_SOURCE = 'services';
export const SOFTWARE_SOURCE = 'software';
export const VULNERABILITIES_SOURCE = 'vulnerabilities';
export const WIRELESS_SOURCE = 'wireless';

/** What a user can switch on and off. */
export const ingestionSources: IntegrationIngestionConfigFieldMap = {
  [SERVICES_SOURCE]: {
    title: 'Services',
    description: 'The network services of each asset; about seven for each.',
    defaultsToDisabled: true,
  },
  [SOFTWARE_SOURCE]: {
    title: 'Software',
    description: 'The programs that are installed on assets, by version.',
    defaultsToDisabled: true,
  },
  [VULNERABILITIES_SOURCE]: {
    title: 'Vulnerabilities',
    description:
      'The vulnerabilities of each asset from the configured severity on; there can be many times more than assets.',
    defaultsToDisabled: true,
  },
  [WIRELESS_SOURCE]: {
    title: 'Wireless networks',
    description: 'The wireless networks in reach of the sites.',
    defaultsToDisabled: true,
  },
};
