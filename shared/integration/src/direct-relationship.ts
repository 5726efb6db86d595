import type { ExplicitRelationship, StepRelationshipMetadata } from '@jupiterone/integration-sdk-core';

/**
 * A relationship of a declared type between two entities, of which nothing but the keys need be at hand: what the
 * SDK's `createDirectRelationship` makes, without working out the type each time.
 *
 * @param properties what is true of this pair only
 *
 * @example
 * import { RelationshipClass } from '@jupiterone/integration-sdk-core';
 * import { directRelationship, relationshipType } from '@vendor-graph/integration';
 * const ACCOUNT_HAS_USER = relationshipType({ _type: 'acme_account' }, RelationshipClass.HAS, { _type: 'acme_user' });
 *
 * directRelationship(ACCOUNT_HAS_USER, 'acme_account:1', 'acme_user:2')._key; // => 'acme_account:1|has|acme_user:2'
 */
export function directRelationship(
  { _type, _class }: StepRelationshipMetadata,
  fromKey: string,
  toKey: string,
  properties?: Readonly<Record<string, string | number | boolean | null | undefined>>,
): ExplicitRelationship {
  return {
    _key: `${fromKey}|${_class.toLowerCase()}|${toKey}`,
    _type,
    _class,
    _fromEntityKey: fromKey,
    _toEntityKey: toKey,
    displayName: _class,
    ...properties,
  };
}
