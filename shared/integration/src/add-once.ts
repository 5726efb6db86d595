import type { Entity, JobState, Relationship } from '@jupiterone/integration-sdk-core';

/**
 * Adds the entities whose keys the job state does not hold yet. A vendor that lists a record on two pages would
 * otherwise fail the step. Steps may call it at the same time: nothing is awaited between the check and the add.
 *
 * @returns the entities added, and how many were left out.
 *
 * @example
 * import { addEntitiesOnce } from '@vendor-graph/integration';
 * const keys = new Set<string>();
 * const jobState = {
 *   hasKey: (key: string | undefined) => keys.has(String(key)),
 *   addEntities: async <T extends { _key: string }>(entities: T[]) => entities.filter(({ _key }) => keys.add(_key)),
 * };
 * const agent = { _key: 'acme_agent:1', _type: 'acme_agent', _class: ['HostAgent'] };
 * await addEntitiesOnce(jobState, [agent]);
 *
 * await addEntitiesOnce(jobState, [agent]); // => { added: [], duplicates: 1 }
 */
export async function addEntitiesOnce(
  jobState: Pick<JobState, 'hasKey' | 'addEntities'>,
  entities: readonly Entity[],
): Promise<{ added: Entity[]; duplicates: number }> {
  const added = withNewKeys(jobState, entities);
  if (added.length > 0) await jobState.addEntities(added);
  return { added, duplicates: entities.length - added.length };
}

/**
 * The same as {@link addEntitiesOnce} for relationships.
 *
 * @example
 * import { addRelationshipsOnce } from '@vendor-graph/integration';
 * const jobState = { hasKey: () => true, addRelationships: async () => undefined };
 * const known = { _key: 'a|has|b', _type: 'a_has_b', _class: 'HAS', _fromEntityKey: 'a', _toEntityKey: 'b', displayName: 'HAS' };
 *
 * await addRelationshipsOnce(jobState, [known]); // => { added: 0, duplicates: 1 }
 */
export async function addRelationshipsOnce(
  jobState: Pick<JobState, 'hasKey' | 'addRelationships'>,
  relationships: readonly Relationship[],
): Promise<{ added: number; duplicates: number }> {
  const added = withNewKeys(jobState, relationships);
  if (added.length > 0) await jobState.addRelationships(added);
  return { added: added.length, duplicates: relationships.length - added.length };
}

/** The objects whose key neither the job state nor an earlier one of them has. */
function withNewKeys<T extends { _key: string }>(jobState: Pick<JobState, 'hasKey'>, objects: readonly T[]): T[] {
  const keys = new Set<string>();
  const fresh: T[] = [];
  for (const object of objects) {
    if (keys.has(object._key) || jobState.hasKey(object._key)) continue;
    keys.add(object._key);
    fresh.push(object);
  }
  return fresh;
}
