import {
  checkBaseUrl,
  environmentVariable,
  readConfig,
  type ConfigFields,
  type ConfigProblem,
} from '@vendor-graph/integration';
import { SEVERITIES, severityOf, type Severity } from './converters/severity.js';

/** The configuration of a runZero account or organization, checked and complete. Exactly one of the two secrets is set. */
export interface RunZeroConfig {
  /** Opens the whole account. */
  accountAPIKey?: string;
  /** Opens the inventory of one organization. */
  exportToken?: string;
  /** Without a trailing slash. */
  apiBaseUrl: string;
  /** Whether the account key exports the assets of organizations that have no export token; each costs a quota call. */
  exportWithAccountKey: boolean;
  /** Vulnerabilities below it are not collected. */
  minimumVulnerabilitySeverity: Severity;
}

const VENDOR = 'runzero';
const DEFAULT_API_BASE_URL = 'https://console.runzero.com/api/v1.0';
const DEFAULT_API_PATH = '/api/v1.0';
const DEFAULT_MINIMUM_SEVERITY = 'low' satisfies Severity;

/** The fields of `instanceConfigFields`. */
export const configFields: ConfigFields<RunZeroConfig> = {
  accountAPIKey: {
    type: 'string',
    mask: true,
    optional: true,
    whereToFind:
      'In the runZero console: Account, section "Account API keys"; needs a Platform or Enterprise licence and administrator rights.',
    check: checkSecret,
  },
  exportToken: {
    type: 'string',
    mask: true,
    optional: true,
    whereToFind:
      'In the runZero console: Organizations, the organization, section "Export tokens"; needs administrator rights on it.',
    check: checkSecret,
  },
  apiBaseUrl: {
    type: 'string',
    optional: true,
    whereToFind: `Only when the console is not at ${DEFAULT_API_BASE_URL}: the address of a self-hosted or regional console.`,
    check: checkBaseUrl,
  },
  exportWithAccountKey: {
    type: 'boolean',
    optional: true,
    whereToFind: 'true: organizations without an export token are exported with the account key, one quota call each.',
  },
  minimumVulnerabilitySeverity: {
    type: 'string',
    optional: true,
    whereToFind: `The mildest vulnerabilities to collect when they are switched on: ${SEVERITIES.join(', ')}; without it ${DEFAULT_MINIMUM_SEVERITY}.`,
    check: (value) => (severityOf(value) === undefined ? `must be one of ${SEVERITIES.join(', ')}` : undefined),
  },
};

/**
 * Reads, checks and completes the configuration of an instance.
 *
 * @throws ConfigurationError that names everything that is wrong
 */
export function readRunZeroConfig(raw: Record<string, unknown>): RunZeroConfig {
  const config: Partial<RunZeroConfig> = readConfig(VENDOR, configFields, raw, () => credentialProblems(raw));
  return {
    ...config,
    apiBaseUrl: completeBaseUrl(config.apiBaseUrl ?? DEFAULT_API_BASE_URL),
    exportWithAccountKey: config.exportWithAccountKey ?? false,
    minimumVulnerabilitySeverity: severityOf(config.minimumVulnerabilitySeverity) ?? DEFAULT_MINIMUM_SEVERITY,
  };
}

/** One of the two credentials must be given, not both: it decides what is collected. */
function credentialProblems(raw: Record<string, unknown>): ConfigProblem[] {
  const key = environmentVariable(VENDOR, 'accountAPIKey');
  const token = environmentVariable(VENDOR, 'exportToken');
  const hasKey = isGiven(raw, 'accountAPIKey');
  const hasToken = isGiven(raw, 'exportToken');
  if (!hasKey && !hasToken) {
    const { accountAPIKey, exportToken } = configFields;
    return [
      {
        field: 'accountAPIKey',
        missing: true,
        message: `An Account API Key or an Export Token is needed. For the whole account set accountAPIKey (${key}). ${accountAPIKey.whereToFind} For one organization set exportToken (${token}). ${exportToken.whereToFind}`,
      },
    ];
  }
  if (hasKey && hasToken) {
    return [
      {
        field: 'exportToken',
        missing: false,
        message: `Only one of Account API Key and Export Token may be given: remove accountAPIKey (${key}) or exportToken (${token}).`,
      },
    ];
  }
  return [];
}

function isGiven(raw: Record<string, unknown>, field: keyof RunZeroConfig): boolean {
  const value = Object.hasOwn(raw, field) ? raw[field] : undefined;
  return value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '');
}

/** Keys are not checked for their prefix or length: the vendor has changed both before. */
function checkSecret(value: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'must not hold blanks or characters beyond ASCII';
}

/** A console that is given by its host alone has its API at the usual path. */
function completeBaseUrl(given: string): string {
  const url = new URL(given);
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path === '' ? DEFAULT_API_PATH : path);
}
