import { checkBaseUrl, readConfig, type ConfigFields } from '@vendor-graph/integration';

/** The configuration of a Threat Stack account, checked and complete. */
export interface ThreatStackConfig {
  orgName: string;
  orgId: string;
  userId: string;
  apiKey: string;
  /** Without a trailing slash and without `/v2`. */
  apiBaseUrl: string;
  alertsWindowMinutes: number;
  alertsDelayMinutes: number;
  alertsTimeAdjustmentMinutes: number;
  /** 1 (highest) to 3; empty: all. */
  alertsSeverities: readonly number[];
  alertsIncludeDismissed: boolean;
}

const DEFAULT_API_BASE_URL = 'https://api.threatstack.com';
/** 30 days. */
const DEFAULT_ALERTS_WINDOW_MINUTES = 43_200;
/** Ten years: no reader of a graph looks further back, and every date that results is one that ISO 8601 can write. */
const MAX_MINUTES = 5_256_000;

const CREDENTIALS_PAGE = 'In the Threat Stack console: Settings > Application Keys > REST API Key';

/** The fields of `instanceConfigFields`. */
export const configFields: ConfigFields<ThreatStackConfig> = {
  orgName: {
    type: 'string',
    whereToFind: 'The name of the organization as you want to read it in the graph.',
  },
  orgId: {
    type: 'string',
    whereToFind: `${CREDENTIALS_PAGE}, "Organization ID".`,
    check: checkHawkAttribute,
  },
  userId: {
    type: 'string',
    whereToFind: `${CREDENTIALS_PAGE}, "User ID".`,
    check: checkHawkAttribute,
  },
  apiKey: {
    type: 'string',
    mask: true,
    whereToFind: `${CREDENTIALS_PAGE}, "API Key". It belongs to the user, not to the organization.`,
  },
  apiBaseUrl: {
    type: 'string',
    optional: true,
    whereToFind: `Only when the API is not at ${DEFAULT_API_BASE_URL}.`,
    check: checkBaseUrl,
  },
  alertsWindowMinutes: {
    type: 'string',
    optional: true,
    whereToFind: `How many minutes of alerts to read; without it ${DEFAULT_ALERTS_WINDOW_MINUTES}, which is 30 days.`,
    check: (value) => checkWholeNumber(value, 1),
  },
  alertsDelayMinutes: {
    type: 'string',
    optional: true,
    whereToFind: 'How many minutes before the start of the collection the window of alerts ends; without it 0.',
    check: (value) => checkWholeNumber(value, 0),
  },
  alertsTimeAdjustmentMinutes: {
    type: 'string',
    optional: true,
    whereToFind: 'By how many minutes to shift the window of alerts, back when negative; without it 0.',
    check: (value) => checkWholeNumber(value, -MAX_MINUTES),
  },
  alertsSeverities: {
    type: 'string',
    optional: true,
    whereToFind: 'The severities of alerts to read, 1 (highest) to 3, separated by commas; without it all.',
    check: (value) => {
      const known = severitiesIn(value).every((severity) => ['1', '2', '3'].includes(severity));
      return known ? undefined : 'must be a list of the numbers 1, 2 and 3, separated by commas';
    },
  },
  alertsIncludeDismissed: {
    type: 'boolean',
    optional: true,
    whereToFind: 'Whether to read dismissed alerts too; without it active ones only.',
  },
};

/** The configuration as it is written down: what {@link ThreatStackConfig} has, in texts. */
interface WrittenConfig {
  orgName: string;
  orgId: string;
  userId: string;
  apiKey: string;
  apiBaseUrl?: string;
  alertsWindowMinutes?: string;
  alertsDelayMinutes?: string;
  alertsTimeAdjustmentMinutes?: string;
  alertsSeverities?: string;
  alertsIncludeDismissed?: boolean;
}

/**
 * Checks an instance's configuration and fills in the defaults.
 *
 * @throws ConfigurationError that names everything that is missing or malformed
 */
export function readThreatStackConfig(raw: Record<string, unknown>): ThreatStackConfig {
  const written = readConfig<WrittenConfig>('threatstack', configFields, raw);
  return {
    orgName: written.orgName,
    orgId: written.orgId,
    userId: written.userId,
    apiKey: written.apiKey,
    apiBaseUrl: withoutVersion(written.apiBaseUrl ?? DEFAULT_API_BASE_URL),
    alertsWindowMinutes: Number(written.alertsWindowMinutes ?? DEFAULT_ALERTS_WINDOW_MINUTES),
    alertsDelayMinutes: Number(written.alertsDelayMinutes ?? 0),
    alertsTimeAdjustmentMinutes: Number(written.alertsTimeAdjustmentMinutes ?? 0),
    alertsSeverities: [...new Set(severitiesIn(written.alertsSeverities ?? '').map(Number))].sort(),
    alertsIncludeDismissed: written.alertsIncludeDismissed ?? false,
  };
}

/** User id and organization id travel as attributes of the Hawk header, which take these characters and no others. */
function checkHawkAttribute(value: string): string | undefined {
  return /^[ \w!#$%&'()*+,\-./:;<=>?@[\]^`{|}~]+$/.test(value)
    ? undefined
    : 'must consist of letters, digits and common punctuation, without quotation marks and backslashes';
}

function checkWholeNumber(value: string, minimum: number): string | undefined {
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  return number >= minimum && number <= MAX_MINUTES
    ? undefined
    : `must be a whole number from ${minimum} to ${MAX_MINUTES}`;
}

function severitiesIn(list: string): string[] {
  return list
    .split(',')
    .map((severity) => severity.trim())
    .filter((severity) => severity !== '');
}

/** Users copy the address with the version that all paths begin with. */
function withoutVersion(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/v2$/, '').replace(/\/+$/, '');
}
