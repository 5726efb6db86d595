import { IntegrationValidationError } from '@jupiterone/integration-sdk-core';
import { ConnectionError } from '@vendor-graph/http';

const CAUSES: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no host of this name'],
  ['ECONNREFUSED', 'the host refuses connections'],
]);

/**
 * What to tell a user whose Threat Stack API is not there: the product has another name today, and its API may have another
 * address. Other errors are returned as they are.
 *
 * @param apiBaseUrl of the configuration
 */
export function explainUnreachable(error: unknown, apiBaseUrl: string): unknown {
  const cause = error instanceof ConnectionError ? CAUSES.get(error.code) : undefined;
  if (cause === undefined || !(error instanceof ConnectionError)) return error;
  return new IntegrationValidationError(
    `threatstack: ${new URL(apiBaseUrl).host} cannot be reached: ${cause} (${error.code}). ` +
      'Threat Stack is called F5 Distributed Cloud AIP today, and its API may have another address: ' +
      'ask F5 for it and set THREATSTACK_API_BASE_URL. If the address is right, check DNS, proxy and firewall.',
  );
}
