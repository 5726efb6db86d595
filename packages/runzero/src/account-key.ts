import { IntegrationValidationError, type IntegrationInstance } from '@jupiterone/integration-sdk-core';
import type { RunZeroClient } from './client.js';

/**
 * The key of the account's entity: runZero's id of the account; with an export token, which does not tell it, the id of
 * the integration instance.
 *
 * @throws IntegrationValidationError when the account key opens no organization, which every account has
 */
export async function accountKeyOf(client: RunZeroClient, instance: Pick<IntegrationInstance, 'id'>): Promise<string> {
  if (client.mode === 'export-token') return instance.id;
  const { records } = await client.organizations();
  const [organization] = records;
  if (organization === undefined) {
    throw new IntegrationValidationError(
      'The runZero account of this Account API Key has no organization. Every account has one: check that the key belongs to the right console (apiBaseUrl).',
    );
  }
  return organization.client_id;
}
