import {
  createDirectRelationship,
  type ExplicitRelationship,
  type StepRelationshipMetadata,
} from '@jupiterone/integration-sdk-core';

/** A relationship of a declared type between two keys; the entities need not be at hand. */
export function has(
  { _class, sourceType, targetType }: StepRelationshipMetadata,
  fromKey: string,
  toKey: string,
): ExplicitRelationship {
  return createDirectRelationship({ _class, fromType: sourceType, fromKey, toType: targetType, toKey });
}
