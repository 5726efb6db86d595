import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createApiKey } from '../data-model.js';
import type { ApiKeyRecord } from '../records.js';

/**
 * An API key as an entity, named by its public identifier.
 *
 * @param consoleUrl address of the console, when it is known.
 */
export function toApiKeyEntity(apiKey: ApiKeyRecord, consoleUrl?: string): Entity {
  const id = String(apiKey.id);
  const name = text(apiKey.access_key) ?? id;
  return withRawData(
    createApiKey({
      _key: apiKeyKey(apiKey.id),
      id,
      name,
      displayName: name,
      description: text(apiKey.description),
      usage: 'api',
      webLink: consoleUrl === undefined ? undefined : `${consoleUrl}/cspm/#/apikeys`,
      whitelisted: apiKey.whitelisted,
      scansPerMonth: apiKey.scans_per_month,
      accountId: apiKey.account_id,
      groupId: apiKey.group_id,
      iacToken: apiKey.iac_token,
      ipAddresses: apiKey.ip_addresses,
      createdOn: isoMillis(apiKey.created),
      updatedOn: isoMillis(apiKey.updated),
      active: apiKey.enabled,
      openAccess: apiKey.open_access,
      roles: apiKey.roles,
      permissionIds: apiKey.permission_ids,
      // The class schema wants a string; the vendor sends the number of a user.
      owner: apiKey.owner === undefined ? undefined : String(apiKey.owner),
      expiration: apiKey.expiration,
      expiresOn: expiryMillis(apiKey.expiration),
    }),
    apiKey,
  );
}

/**
 * The vendor describes `expiration` both as a number of days and as a date. Only what can be nothing but a time is taken
 * for one: above 10^11 it is milliseconds, from 10^9 on seconds since the epoch.
 */
function expiryMillis(expiration: number | undefined): number | undefined {
  if (expiration === undefined || expiration < 1e9) return undefined;
  return expiration > 1e11 ? expiration : expiration * 1000;
}

/** `aquasec_api_key:<id>` */
function apiKeyKey(id: number): string {
  return `aquasec_api_key:${id}`;
}
