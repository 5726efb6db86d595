import type { Entity } from '@jupiterone/integration-sdk-core';
import { createAccount } from '../data-model.js';

/**
 * The entity of the account.
 *
 * @param key runZero's id of the account; with an export token, which does not tell it, the id of the integration
 * instance
 */
export function toAccountEntity(account: { key: string; name: string; apiBaseUrl: string }): Entity {
  return createAccount({
    _key: account.key,
    id: account.key,
    name: account.name,
    displayName: account.name,
    vendor: 'runZero',
    accessURL: new URL(account.apiBaseUrl).origin,
  });
}
