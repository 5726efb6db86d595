import type { Collection } from './collect.js';

/** An object of a graph, whatever it is. */
export interface GraphObject {
  readonly _key: string;
  readonly _type: string;
}

/**
 * All objects of a graph, sorted, as text where addresses of this run are replaced: two runs on the same data make equal
 * graphs.
 */
export function graphOf({ entities, relationships }: Collection, ...baseUrls: readonly string[]): GraphObject[] {
  const objects = [...entities, ...relationships].sort((a, b) => (a._key < b._key ? -1 : 1));
  const hosts = baseUrls.map((baseUrl) => new URL(baseUrl).host);
  const text = hosts.reduce((known, host) => known.replaceAll(host, 'vendor.example'), JSON.stringify(objects));
  return JSON.parse(text) as GraphObject[];
}

/** The keys of a graph's objects by type, sorted. */
export function keysByType(objects: readonly GraphObject[]): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { _type, _key } of objects) keys.set(_type, [...(keys.get(_type) ?? []), _key]);
  for (const list of keys.values()) list.sort();
  return keys;
}
