import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many objects of each kind: `entities/acme_host`, `relationships/acme_account_has_host`. */
export type ObjectCounts = Readonly<Record<string, number>>;

/** Counts the entities and relationships in a graph's files, wherever in the folder these are. */
export function countObjects(folder: string): ObjectCounts {
  const counts: Record<string, number> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as GraphFile;
    for (const [collection, objects] of Object.entries(file))
      for (const { _type } of objects) {
        const kind = `${collection}/${_type}`;
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
  }
  return counts;
}

/** `entities` or `relationships`, and the objects. */
type GraphFile = Record<string, { _type: string }[]>;
