import { checkBaseUrl, readConfig, type ConfigFields } from '@vendor-graph/integration';

/** The configuration of a Panoptica account, checked and complete. */
export interface PanopticaConfig {
  /** A UUID; it is also the user id of the service user that it belongs to. */
  accessKey: string;
  /** Base64, used as it is written. */
  secretKey: string;
  /** With the path of the API, without a slash at its end. All of its path is signed. */
  apiBaseUrl: string;
}

/** The configuration as it is written down. */
type WrittenConfig = Pick<PanopticaConfig, 'accessKey' | 'secretKey'> & Partial<Pick<PanopticaConfig, 'apiBaseUrl'>>;

const DEFAULT_API_BASE_URL = 'https://securecn.cisco.com/api';
const API_PATH = '/api';
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const KEYS_PAGE = 'In the Panoptica console: System > Manage Users > New User > Service User, status Active';

/** The fields of `instanceConfigFields`. */
export const configFields: ConfigFields<PanopticaConfig> = {
  accessKey: {
    type: 'string',
    whereToFind: `${KEYS_PAGE}; the last page shows the access key.`,
    check: (value) => (UUID.test(value) ? undefined : 'must be a UUID such as 0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42'),
  },
  secretKey: {
    type: 'string',
    mask: true,
    whereToFind: `${KEYS_PAGE}; the last page shows the secret key, once.`,
  },
  apiBaseUrl: {
    type: 'string',
    optional: true,
    whereToFind: `Only when the API is not at ${DEFAULT_API_BASE_URL}, e.g. https://appsecurity.cisco.com/api.`,
    check: checkBaseUrl,
  },
};

/**
 * Checks an instance's configuration and fills in the defaults.
 *
 * @throws ConfigurationError that names everything that is missing or malformed
 */
export function readPanopticaConfig(raw: Record<string, unknown>): PanopticaConfig {
  const { accessKey, secretKey, apiBaseUrl } = readConfig<WrittenConfig>('panoptica', configFields, raw);
  return { accessKey, secretKey, apiBaseUrl: withApiPath(apiBaseUrl ?? DEFAULT_API_BASE_URL) };
}

/** Users know the host; a path that they do give is their gateway's and used as it is. */
function withApiPath(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path === '' ? API_PATH : path}`;
}
