import type { EntityPlace, PageGraph } from './page-graph.js';

/** What a search has found. */
export interface Found {
  /** The first ones. */
  entities: (EntityPlace & { name: string })[];
  total: number;
}

/** The words of a search, in any case: each has to be in the name or in the key. */
export function matcher(query: string): (name: string, key: string) => boolean {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (name, key) => {
    const [lowerName, lowerKey] = [name.toLowerCase(), key.toLowerCase()];
    return words.every((word) => lowerName.includes(word) || lowerKey.includes(word));
  };
}

/**
 * Searches the names and keys of all entities of some types.
 *
 * @param isStale asked between types; when true, nobody waits for the answer any more.
 * @returns undefined when nobody waits.
 */
export async function searchEntities(
  graph: PageGraph,
  nodes: readonly number[],
  query: string,
  limit: number,
  isStale: () => boolean,
): Promise<Found | undefined> {
  const matches = matcher(query);
  const found: Found = { entities: [], total: 0 };
  for (const node of nodes) {
    const { names, keys } = await graph.members(node);
    if (isStale()) return undefined;
    for (const [member, name] of names.entries()) {
      if (!matches(name, keys[member] ?? '')) continue;
      found.total += 1;
      if (found.entities.length < limit) found.entities.push({ node, member, name });
    }
  }
  return found;
}
