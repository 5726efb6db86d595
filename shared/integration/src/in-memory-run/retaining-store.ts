import { createIntegrationEntity, type Entity } from '@jupiterone/integration-sdk-core';
import { InMemoryGraphObjectStore } from '@jupiterone/integration-sdk-runtime';

/**
 * A store that keeps everything until the end: when the runtime asks it to write, it has nowhere to. Where the SDK's
 * validation of entities is switched on, it takes none that its class does not allow.
 */
export class RetainingStore extends InMemoryGraphObjectStore {
  /** @throws Error that names the entity, the property and what is wrong with it */
  override async addEntities(stepId: string, entities: Entity[]): Promise<void> {
    entities.forEach(validate);
    await super.addEntities(stepId, entities);
  }

  override flush(): Promise<void> {
    return Promise.resolve();
  }
}

/** What the SDK does to entities that are built by its builder. */
function validate(entity: Entity): void {
  try {
    createIntegrationEntity({ entityData: { assign: entity } });
  } catch (error) {
    throw new Error(`${entity._key}: ${String(error)}`, { cause: error });
  }
}
