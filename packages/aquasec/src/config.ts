import { checkBaseUrl, readConfig, type ConfigFields } from '@vendor-graph/integration';
import { isRegionName, REGIONS, type Region } from './regions.js';

/** What a user configures. */
export interface AquasecConfig {
  apiKey: string;
  apiSecret: string;
  /** Decimal digits. */
  accountId: string;
  /** A name in {@link REGIONS}; `us` when absent. */
  region?: string;
  /** Wins over the region. */
  apiBaseUrl?: string;
}

const API_KEYS_PAGE = 'In the Aqua console (CSPM) under API Keys: https://cloud.aquasec.com/cspm/#/apikeys';

/** The fields of `instanceConfigFields`. */
export const configFields: ConfigFields<AquasecConfig> = {
  apiKey: { type: 'string', whereToFind: `${API_KEYS_PAGE}.` },
  apiSecret: {
    type: 'string',
    mask: true,
    whereToFind: `${API_KEYS_PAGE}; it is shown once, when the key is created.`,
  },
  accountId: {
    type: 'string',
    whereToFind: "In the Aqua console, browser developer tools > Application > Local storage, under 'account_id'.",
    check: (value) => (/^\d+$/.test(value) ? undefined : 'must be a number such as 10630'),
  },
  region: {
    type: 'string',
    optional: true,
    whereToFind:
      "The first part of your console's address: eu-1.cloud.aquasec.com is region eu-1; without one it is us.",
    check: (value) => (isRegionName(value) ? undefined : `must be one of ${Object.keys(REGIONS).join(', ')}`),
  },
  apiBaseUrl: {
    type: 'string',
    optional: true,
    whereToFind: 'Only for an API address that no region has; leave it out otherwise.',
    check: checkBaseUrl,
  },
};

/**
 * Reads and checks the configuration.
 *
 * @throws ConfigurationError that names every problem at once.
 */
export function readAquasecConfig(raw: Record<string, unknown>): AquasecConfig {
  return readConfig('aquasec', configFields, raw);
}

/** The base URL of the API, without a slash at its end. */
export function apiBaseUrl(config: AquasecConfig): string {
  return (config.apiBaseUrl ?? regionOf(config).apiBaseUrl).replace(/\/+$/, '');
}

/** The address of the console; unknown where the API has an address of its own. */
export function consoleUrl(config: AquasecConfig): string | undefined {
  return config.apiBaseUrl === undefined ? regionOf(config).consoleUrl : undefined;
}

function regionOf({ region = 'us' }: AquasecConfig): Region {
  if (!isRegionName(region))
    throw new TypeError('The region was not checked: read the configuration by readAquasecConfig().');
  return REGIONS[region];
}
