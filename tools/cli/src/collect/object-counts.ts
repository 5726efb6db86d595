import type { Entity, Relationship } from '@jupiterone/integration-sdk-core';
import type { CountsByType } from './collect-report.js';

/** Counts what a run collects, by type. A mapped relationship is one whose other end another integration may own. */
export class ObjectCounts {
  readonly #entities = new Map<string, number>();
  readonly #relationships = new Map<string, number>();
  readonly #mappedRelationships = new Map<string, number>();

  addEntities(entities: readonly Entity[]): void {
    for (const { _type } of entities) increment(this.#entities, _type);
  }

  addRelationships(relationships: readonly Relationship[]): void {
    for (const relationship of relationships)
      increment('_mapping' in relationship ? this.#mappedRelationships : this.#relationships, relationship._type);
  }

  get entities(): CountsByType {
    return sorted(this.#entities);
  }

  get relationships(): CountsByType {
    return sorted(this.#relationships);
  }

  get mappedRelationships(): CountsByType {
    return sorted(this.#mappedRelationships);
  }
}

function increment(counts: Map<string, number>, type: string): void {
  counts.set(type, (counts.get(type) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): CountsByType {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
