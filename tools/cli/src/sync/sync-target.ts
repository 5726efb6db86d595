import { checkBaseUrl, environmentVariable } from '@vendor-graph/integration';
import { CommandError } from '../command-error.js';
import { readSetting, type SettingSources } from '../configuration/settings.js';

/** As whose data JupiterOne takes an upload. */
export type SyncSource = 'integration-managed' | 'integration-external' | 'api';

/** Where uploads go, and as whom. */
export interface SyncTarget {
  apiBaseUrl: URL;
  account: string;
  apiKey: string;
}

/** What an upload replaces at JupiterOne. */
export interface SyncScope {
  source: SyncSource;
  scope?: string;
  integrationInstanceId?: string;
}

const US_REGION = 'https://api.us.jupiterone.io';

/**
 * Where to upload.
 *
 * @throws CommandError that names everything that is missing or wrong.
 */
export function syncTarget(given: { apiBaseUrl?: string | undefined }, env: Readonly<NodeJS.ProcessEnv>): SyncTarget {
  const address = text(given.apiBaseUrl) ?? text(env['JUPITERONE_API_BASE_URL']) ?? US_REGION;
  const account = text(env['JUPITERONE_ACCOUNT']);
  const apiKey = text(env['JUPITERONE_API_KEY']);
  const problem = checkBaseUrl(address);
  const problems = [
    ...(problem === undefined
      ? []
      : [`the address of JupiterOne (--api-base-url, JUPITERONE_API_BASE_URL) ${problem}`]),
    ...(account === undefined
      ? ['JUPITERONE_ACCOUNT is not set. It is the name of your account: Settings > Account Management.']
      : []),
    ...(apiKey === undefined ? ['JUPITERONE_API_KEY is not set. Create a key under Settings > API Tokens.'] : []),
  ];
  if (problem !== undefined || account === undefined || apiKey === undefined)
    throw new CommandError(['Nothing can be uploaded:', ...problems.map((line) => `- ${line}`)].join('\n'));
  return { apiBaseUrl: new URL(address), account, apiKey };
}

/**
 * What a vendor's upload replaces.
 *
 * @throws CommandError when the instance, or the scope, is not known.
 */
export function syncScope(
  given: { source: SyncSource; scope?: string | undefined; integrationInstanceId?: string | undefined },
  sources: SettingSources,
): SyncScope {
  const { vendor } = sources;
  if (given.source === 'api') {
    const scope = text(given.scope);
    if (scope === undefined)
      throw new CommandError(`${vendor}: --source api needs --scope, a name of your own for this data.`);
    return { source: given.source, scope };
  }
  const variable = environmentVariable(vendor, 'INTEGRATION_INSTANCE_ID');
  const integrationInstanceId =
    text(given.integrationInstanceId) ??
    readSetting(sources, variable, 'INTEGRATION_INSTANCE_ID') ??
    text(sources.env['INTEGRATION_INSTANCE_ID']);
  if (integrationInstanceId === undefined)
    throw new CommandError(
      `${vendor}: which integration instance? Set ${variable}: the id in the address of the instance's page in JupiterOne (Integrations > the instance).`,
    );
  return { source: given.source, integrationInstanceId };
}

function text(value: string | undefined): string | undefined {
  const content = value?.trim();
  return content === '' ? undefined : content;
}
