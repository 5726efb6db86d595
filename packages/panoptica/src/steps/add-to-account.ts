import {
  createDirectRelationship,
  type Entity,
  type JobState,
  RelationshipClass,
} from '@jupiterone/integration-sdk-core';
import { addEntitiesOnce, addRelationshipsOnce } from '@vendor-graph/integration';
import { ACCOUNT } from '../data-model.js';

const ACCOUNT_KEY = 'panoptica-account-key';

/** Tells the steps after it which account their entities belong to. */
export async function setAccountKey(jobState: JobState, key: string): Promise<void> {
  await jobState.setData(ACCOUNT_KEY, key);
}

/**
 * Adds entities that are not there yet, and that the account HAS them. Without an account (its step failed) the entities
 * are added all the same.
 *
 * @returns how many were there already.
 */
export async function addToAccount(jobState: JobState, entities: readonly Entity[]): Promise<number> {
  const { added, duplicates } = await addEntitiesOnce(jobState, entities);
  const fromKey = await jobState.getData<string>(ACCOUNT_KEY);
  if (fromKey !== undefined) {
    await addRelationshipsOnce(
      jobState,
      added.map(({ _type: toType, _key: toKey }) =>
        createDirectRelationship({ _class: RelationshipClass.HAS, fromType: ACCOUNT._type, fromKey, toType, toKey }),
      ),
    );
  }
  return duplicates;
}
