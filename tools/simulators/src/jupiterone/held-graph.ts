/** An entity or a relationship as it was uploaded. */
export interface GraphObject {
  readonly _key: string;
  readonly _type: string;
}

/** What finalizing changed. */
export interface GraphChange {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

/** The entities, or the relationships, that JupiterOne holds of one scope. */
export class HeldObjects {
  #held = new Map<string, GraphObject>();

  get objects(): GraphObject[] {
    return [...this.#held.values()];
  }

  /**
   * Takes over an upload: what is new is created, what differs is updated, and what the upload no longer holds is deleted,
   * unless its type was declared partial.
   */
  finalize(uploaded: ReadonlyMap<string, GraphObject>, partialTypes: ReadonlySet<string>): GraphChange {
    const change = { created: 0, updated: 0, deleted: 0 };
    for (const [key, object] of uploaded) {
      const before = this.#held.get(key);
      if (before === undefined) change.created += 1;
      else if (JSON.stringify(before) !== JSON.stringify(object)) change.updated += 1;
      this.#held.set(key, object);
    }
    for (const [key, { _type }] of this.#held) {
      if (uploaded.has(key) || partialTypes.has(_type)) continue;
      this.#held.delete(key);
      change.deleted += 1;
    }
    return change;
  }
}
