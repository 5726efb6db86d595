import {
  generateRelationshipType,
  type RelationshipClass,
  type StepRelationshipMetadata,
} from '@jupiterone/integration-sdk-core';

/**
 * Declares the type of direct relationships between two entity types, under the name that the SDK gives it.
 *
 * @param from metadata of the entities that they lead from
 * @param to metadata of the entities that they lead to
 *
 * @example
 * import { RelationshipClass } from '@jupiterone/integration-sdk-core';
 * import { relationshipType } from '@vendor-graph/integration';
 * const ACCOUNT_HAS_USER = relationshipType({ _type: 'acme_account' }, RelationshipClass.HAS, { _type: 'acme_user' });
 *
 * ACCOUNT_HAS_USER._type; // => 'acme_account_has_user'
 */
export function relationshipType(
  from: { readonly _type: string },
  _class: RelationshipClass,
  to: { readonly _type: string },
): Readonly<StepRelationshipMetadata> {
  return Object.freeze({
    _type: generateRelationshipType(_class, from._type, to._type),
    _class,
    sourceType: from._type,
    targetType: to._type,
  });
}
