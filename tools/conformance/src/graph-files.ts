import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An entity or a relationship as it stands in a graph's files. */
export interface GraphObject {
  readonly _key: string;
  readonly _type: string;
  readonly _class?: string | readonly string[];
  readonly _fromEntityKey?: string;
  readonly _toEntityKey?: string;
  readonly _mapping?: unknown;
}

/** Everything in a collected graph, sorted by key. */
export function graphObjects(folder: string): GraphObject[] {
  return readdirSync(join(folder, 'graph'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const content = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as {
        entities?: GraphObject[];
        relationships?: GraphObject[];
      };
      return [...(content.entities ?? []), ...(content.relationships ?? [])];
    })
    .sort((a, b) => (a._key < b._key ? -1 : 1));
}
