import type { Entity, JobState, StepRelationshipMetadata } from '@jupiterone/integration-sdk-core';
import { addEntitiesOnce, addRelationshipsOnce, directRelationship } from '@vendor-graph/integration';

const ACCOUNT_KEY = 'panoptica-account-key';

/** Tells the steps after it which account their entities belong to. */
export async function setAccountKey(jobState: JobState, key: string): Promise<void> {
  await jobState.setData(ACCOUNT_KEY, key);
}

/**
 * Adds entities that are not there yet, and that the account HAS them. Without an account (its step failed) the entities
 * are added all the same.
 *
 * @param accountHas the type of those relationships
 * @returns how many were there already.
 */
export async function addToAccount(
  jobState: JobState,
  accountHas: StepRelationshipMetadata,
  entities: readonly Entity[],
): Promise<number> {
  const { added, duplicates } = await addEntitiesOnce(jobState, entities);
  const accountKey = await jobState.getData<string>(ACCOUNT_KEY);
  if (accountKey !== undefined) {
    await addRelationshipsOnce(
      jobState,
      added.map(({ _key }) => directRelationship(accountHas, accountKey, _key)),
    );
  }
  return duplicates;
}
