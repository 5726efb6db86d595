import type { Entity } from '@jupiterone/integration-sdk-core';
import { createAccount } from '../data-model.js';

/** The graph's key of an organization. */
export function accountKey(orgId: string): string {
  return `threatstack:account:${orgId}`;
}

/** The entity of the organization that the configuration names; Threat Stack has no endpoint that tells more about it. */
export function toAccountEntity({ orgId, orgName }: { orgId: string; orgName: string }): Entity {
  return createAccount({
    _key: accountKey(orgId),
    name: orgName,
    displayName: `Threat Stack - ${orgName}`,
    accountId: orgId,
    vendor: 'Threat Stack',
  });
}
