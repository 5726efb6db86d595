import { GRAPH_OBJECT_KINDS, type GraphObjectKind } from '../graph-folder/graph-objects.js';
import type { ObjectDigest } from '../graph-folder/object-digests.js';

/** What an upload would do to the objects of one type. */
export interface TypeChange {
  type: string;
  kind: GraphObjectKind;
  create: number;
  update: number;
  delete: number;
  /** Missing now, but of a partial type: JupiterOne keeps them. */
  keep: number;
}

/** All digests of one kind. */
export type DigestSource = (kind: GraphObjectKind) => AsyncIterable<ObjectDigest>;

/**
 * What would change if `now` were uploaded where `before` is, by type. Types without a change are left out.
 *
 * @param partialTypes types of which nothing is deleted.
 */
export async function plannedChanges(
  before: DigestSource,
  now: DigestSource,
  partialTypes: ReadonlySet<string>,
): Promise<TypeChange[]> {
  const changes = new Map<string, TypeChange>();
  const changeOf = (kind: GraphObjectKind, type: string): TypeChange => {
    const id = `${kind}/${type}`;
    const change = changes.get(id) ?? { type, kind, create: 0, update: 0, delete: 0, keep: 0 };
    changes.set(id, change);
    return change;
  };

  for (const kind of GRAPH_OBJECT_KINDS) {
    const missing = new Map<string, ObjectDigest>();
    for await (const digest of before(kind)) missing.set(digest.key, digest);
    for await (const { key, type, hash } of now(kind)) {
      const earlier = missing.get(key);
      missing.delete(key);
      if (earlier === undefined) changeOf(kind, type).create += 1;
      else if (earlier.hash !== hash) changeOf(kind, type).update += 1;
    }
    for (const { type } of missing.values()) changeOf(kind, type)[partialTypes.has(type) ? 'keep' : 'delete'] += 1;
  }
  return [...changes.values()];
}
