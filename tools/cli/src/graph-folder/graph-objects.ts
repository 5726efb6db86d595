import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The two kinds of objects of a graph. */
export type GraphObjectKind = 'entities' | 'relationships';
export const GRAPH_OBJECT_KINDS: readonly GraphObjectKind[] = ['entities', 'relationships'];

/** An entity or a relationship as it stands in a graph's files. */
export interface GraphObject {
  readonly _key: string;
  readonly _type: string;
  readonly [property: string]: unknown;
}

/**
 * The objects of a collected graph, a file at a time, always in the same order of files for the same graph.
 *
 * @param folder the folder that holds `graph` and `summary.json`.
 * @throws what reading throws, also when there is no graph.
 */
export async function* graphObjects(folder: string, kind: GraphObjectKind): AsyncGenerator<readonly GraphObject[]> {
  const steps = await sortedNames(join(folder, 'graph'));
  for (const step of steps) {
    const place = join(folder, 'graph', step, kind);
    for (const file of await sortedNames(place)) {
      const content = JSON.parse(await readFile(join(place, file), 'utf8')) as Partial<
        Record<GraphObjectKind, GraphObject[]>
      >;
      yield content[kind] ?? [];
    }
  }
}

/** The names in a folder in order; none when there is no such folder. */
async function sortedNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
