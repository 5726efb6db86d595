import type { Entity, JobState, Relationship } from '@jupiterone/integration-sdk-core';
import {
  InMemoryDuplicateKeyTracker,
  InMemoryGraphObjectStore,
  MemoryDataStore,
} from '@jupiterone/integration-sdk-runtime';

/** What the steps of one check have collected: in memory, and only as much as their first answers held. */
export class ProbedGraph {
  readonly #store = new InMemoryGraphObjectStore();
  readonly #data = new MemoryDataStore();
  readonly #keys = new InMemoryDuplicateKeyTracker();

  /**
   * The job state of one step.
   *
   * @param onFirstObject called when the step adds its first object: what it reads, it may read.
   */
  jobStateFor(step: string, onFirstObject: () => void): JobState {
    const addEntities = async (entities: Entity[]): Promise<Entity[]> => {
      for (const { _key } of entities) this.#keys.registerKey(_key);
      await this.#store.addEntities(step, entities);
      if (entities.length > 0) onFirstObject();
      return entities;
    };
    const addRelationships = async (relationships: Relationship[]): Promise<void> => {
      for (const { _key } of relationships) this.#keys.registerKey(_key);
      await this.#store.addRelationships(step, relationships);
      if (relationships.length > 0) onFirstObject();
    };
    return {
      setData: async (key, data) => {
        this.#data.set(key, data);
      },
      getData: async <T>(key: string) => this.#data.get(key) as T | undefined,
      deleteData: async (key) => {
        this.#data.delete(key);
      },
      addEntities,
      addEntity: async (entity) => {
        await addEntities([entity]);
        return entity;
      },
      addRelationships,
      addRelationship: (relationship) => addRelationships([relationship]),
      findEntity: async (key) => (key === undefined ? null : ((await this.#store.findEntity(key)) ?? null)),
      hasKey: (key) => key !== undefined && this.#keys.hasKey(key),
      iterateEntities: (filter, iteratee) => this.#store.iterateEntities(filter, iteratee),
      iterateRelationships: (filter, iteratee) => this.#store.iterateRelationships(filter, iteratee),
      flush: async () => undefined,
    };
  }
}
