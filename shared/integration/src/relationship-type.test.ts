import { RelationshipClass } from '@jupiterone/integration-sdk-core';
import { expect, it } from 'vitest';
import { relationshipType } from './relationship-type.js';

it.each([
  ['acme_account', RelationshipClass.HAS, 'acme_user', 'acme_account_has_user'],
  ['acme_account', RelationshipClass.HAS, 'acme_cloud_account', 'acme_account_has_cloud_account'],
  ['acme_user', RelationshipClass.ASSIGNED, 'acme_group', 'acme_user_assigned_group'],
  ['acme_agent', RelationshipClass.IDENTIFIED, 'alert', 'acme_agent_identified_alert'],
])('declares that %s %s %s as the SDK names it', (sourceType, _class, targetType, _type) => {
  const metadata = relationshipType({ _type: sourceType }, _class, { _type: targetType });

  expect(metadata).toEqual({ _type, _class, sourceType, targetType });
  expect(Object.isFrozen(metadata)).toBe(true);
});
