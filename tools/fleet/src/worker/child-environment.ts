import type { VendorPackage } from '@vendor-graph/cli';
import { environmentVariable, RATE_LIMIT_SOCKET_VARIABLE } from '@vendor-graph/integration';
import type { Account } from '../accounts/account.js';

/** What a job's process sees of the worker's environment: nothing that could be a secret of another account. */
const PASSED_ON =
  /^(?:PATH|HOME|TMPDIR|TMP|TEMP|TZ|LANG|LC_\w+|SYSTEMROOT|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|OTEL_\w+)$/i;

/** The environment of `collect`: the vendor's configuration and secrets, and where the shared limits are. */
export function collectEnvironment(
  account: Account,
  { vendor }: VendorPackage,
  secrets: Readonly<Record<string, string>>,
  limitSocket: string,
  env: Readonly<NodeJS.ProcessEnv>,
): Record<string, string> {
  const fields = Object.entries({ ...account.config, ...secrets });
  return {
    ...passedOn(env),
    ...Object.fromEntries(fields.map(([name, value]) => [environmentVariable(vendor, name), String(value)])),
    ...instanceOf(account, vendor),
    [RATE_LIMIT_SOCKET_VARIABLE]: limitSocket,
  };
}

/** The environment of `sync`: JupiterOne's key, and no secret of the vendor. */
export function syncEnvironment(
  account: Account & { target: NonNullable<Account['target']> },
  { vendor }: VendorPackage,
  apiKey: string,
  env: Readonly<NodeJS.ProcessEnv>,
): Record<string, string> {
  const { target } = account;
  return {
    ...passedOn(env),
    ...instanceOf(account, vendor),
    JUPITERONE_ACCOUNT: target.account,
    JUPITERONE_API_KEY: apiKey,
    ...(target.apiBaseUrl !== undefined && { JUPITERONE_API_BASE_URL: target.apiBaseUrl }),
  };
}

function passedOn(env: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && PASSED_ON.test(name)) passed[name] = value;
  return passed;
}

function instanceOf({ instanceId, instanceName, name }: Account, vendor: string): Record<string, string> {
  return {
    ...(instanceId !== undefined && { [environmentVariable(vendor, 'INTEGRATION_INSTANCE_ID')]: instanceId }),
    [environmentVariable(vendor, 'INTEGRATION_INSTANCE_NAME')]: instanceName ?? name,
  };
}
