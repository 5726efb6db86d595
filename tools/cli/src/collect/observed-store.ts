import type { Entity, Relationship } from '@jupiterone/integration-sdk-core';
import { StreamingGraphStore } from '@vendor-graph/integration';

type OnEntitiesFlushed = Parameters<StreamingGraphStore['addEntities']>[2];
type OnRelationshipsFlushed = Parameters<StreamingGraphStore['addRelationships']>[2];

/** What a store tells about. */
export interface StoreObserver {
  entitiesAdded(step: string, entities: readonly Entity[]): void;
  relationshipsAdded(step: string, relationships: readonly Relationship[]): void;
  /** All that was added is on disk. */
  flushed(): void;
}

/** A store on disk, which also tells what it gets. */
export class ObservedStore extends StreamingGraphStore {
  readonly #observer: StoreObserver;

  constructor(observer: StoreObserver) {
    // The graph is uploaded when it is complete.
    super({ announcesFlushes: false });
    this.#observer = observer;
  }

  override async addEntities(step: string, entities: Entity[], onFlushed?: OnEntitiesFlushed): Promise<void> {
    this.#observer.entitiesAdded(step, entities);
    await super.addEntities(step, entities, onFlushed);
  }

  override async addRelationships(
    step: string,
    relationships: Relationship[],
    onFlushed?: OnRelationshipsFlushed,
  ): Promise<void> {
    this.#observer.relationshipsAdded(step, relationships);
    await super.addRelationships(step, relationships, onFlushed);
  }

  override async flush(onEntities?: OnEntitiesFlushed, onRelationships?: OnRelationshipsFlushed): Promise<void> {
    await super.flush(onEntities, onRelationships);
    this.#observer.flushed();
  }
}
