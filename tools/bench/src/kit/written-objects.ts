import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** By kind: `entities/acme_host`, `relationships/acme_account_has_host`. */
export type WrittenObjects = Readonly<Record<string, ObjectsOfKind>>;

export interface ObjectsOfKind {
  readonly count: number;
  /** The same for the same objects, whatever their order and that of their properties. */
  readonly digest: number;
}

/** What stands in a graph's files, wherever in the folder these are. */
export function writtenObjects(folder: string): WrittenObjects {
  const kinds: Record<string, { count: number; digest: number }> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as GraphFile;
    for (const [collection, objects] of Object.entries(file))
      for (const object of objects) {
        const kind = (kinds[`${collection}/${object._type}`] ??= { count: 0, digest: 0 });
        kind.count += 1;
        // A sum does not depend on the order. Of millions of them it is still an exact number.
        kind.digest += crc32(JSON.stringify(inOrder(object)));
      }
  }
  return kinds;
}

/** How many objects there are of those kinds that are the same in both. */
export function sameObjects(ours: WrittenObjects, other: WrittenObjects): number {
  return Object.entries(ours)
    .filter(([kind, { count, digest }]) => other[kind]?.count === count && other[kind].digest === digest)
    .reduce((sum, [, { count }]) => sum + count, 0);
}

/** `entities` or `relationships`, and the objects. */
type GraphFile = Record<string, { _type: string }[]>;

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const names = Object.keys(value).sort();
  return names.map((name) => [name, inOrder((value as Readonly<Record<string, unknown>>)[name])]);
}
