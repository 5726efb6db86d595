import { isDeepStrictEqual } from 'node:util';
import {
  GRAPH_OBJECT_KINDS,
  graphObjects,
  type GraphObject,
  type GraphObjectKind,
} from '../graph-folder/graph-objects.js';
import { digestsOf, type ObjectDigest } from '../graph-folder/object-digests.js';

/** One property that is not the same in both graphs; absent where the object has it not. */
export interface PropertyChange {
  property: string;
  before?: unknown;
  after?: unknown;
}

/** An object that is in both graphs and not the same. */
interface ObjectChange {
  key: string;
  properties: PropertyChange[];
}

/** What differs between two graphs in the objects of one type. */
export interface TypeDifference {
  type: string;
  kind: GraphObjectKind;
  /** Keys, in order. */
  added: string[];
  removed: string[];
  changed: ObjectChange[];
}

/** How many objects are held in memory while their properties are compared. */
const COMPARED_AT_ONCE = 20_000;
/** What a property is made from: compared only to explain a change that shows in no property. */
const RAW_DATA = '_rawData';
/** A simulator gets another port each time it is started. */
const LOOPBACK_ORIGIN = /\bhttp:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/g;

/**
 * What differs between two graphs, by type; types without a difference are left out. In memory are a digest of each object
 * and a bounded number of objects, however many have changed.
 *
 * @param ignorePorts take addresses on loopback that differ in their port for the same: both graphs come from simulators.
 */
export async function graphDifference(
  before: string,
  after: string,
  { ignorePorts = false, comparedAtOnce = COMPARED_AT_ONCE }: { ignorePorts?: boolean; comparedAtOnce?: number } = {},
): Promise<TypeDifference[]> {
  const differences = new DifferencesByType();
  for (const kind of GRAPH_OBJECT_KINDS) {
    const suspects = await compareKeys(before, after, kind, differences);
    for (let start = 0; start < suspects.length; start += comparedAtOnce) {
      const keys = new Set(suspects.slice(start, start + comparedAtOnce));
      await compareProperties(before, after, kind, keys, ignorePorts, differences);
    }
  }
  return differences.sorted();
}

/** Finds what was added and removed; answers the keys of the objects that are not the same. */
async function compareKeys(
  before: string,
  after: string,
  kind: GraphObjectKind,
  differences: DifferencesByType,
): Promise<string[]> {
  const earlier = new Map<string, ObjectDigest>();
  for await (const digest of digestsOf(before, kind)) earlier.set(digest.key, digest);
  const suspects: string[] = [];
  for await (const { key, type, hash } of digestsOf(after, kind)) {
    const digest = earlier.get(key);
    earlier.delete(key);
    if (digest === undefined) differences.of(kind, type).added.push(key);
    else if (digest.hash !== hash) suspects.push(key);
  }
  for (const { key, type } of earlier.values()) differences.of(kind, type).removed.push(key);
  return suspects;
}

async function compareProperties(
  before: string,
  after: string,
  kind: GraphObjectKind,
  keys: ReadonlySet<string>,
  ignorePorts: boolean,
  differences: DifferencesByType,
): Promise<void> {
  const earlier = new Map<string, GraphObject>();
  for await (const objects of graphObjects(before, kind))
    for (const object of objects) if (keys.has(object._key)) earlier.set(object._key, object);
  for await (const objects of graphObjects(after, kind))
    for (const object of objects) {
      const old = earlier.get(object._key);
      if (old === undefined) continue;
      const properties = changedProperties(old, object, ignorePorts);
      if (properties.length > 0) differences.of(kind, object._type).changed.push({ key: object._key, properties });
    }
}

function changedProperties(before: GraphObject, after: GraphObject, ignorePorts: boolean): PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = names.filter((name) => {
    const [old, now] = [ownValue(before, name), ownValue(after, name)];
    return ignorePorts ? !isDeepStrictEqual(withoutPorts(old), withoutPorts(now)) : !isDeepStrictEqual(old, now);
  });
  const visible = differing.filter((name) => name !== RAW_DATA);
  if (visible.length === 0) return differing.map((property) => ({ property }));
  return visible.map((property) => ({
    property,
    ...(Object.hasOwn(before, property) ? { before: before[property] } : {}),
    ...(Object.hasOwn(after, property) ? { after: after[property] } : {}),
  }));
}

function ownValue(object: GraphObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function withoutPorts(value: unknown): unknown {
  return value === undefined ? undefined : JSON.stringify(value).replace(LOOPBACK_ORIGIN, 'http://$1');
}

class DifferencesByType {
  readonly #differences = new Map<string, TypeDifference>();

  of(kind: GraphObjectKind, type: string): TypeDifference {
    const id = `${kind}/${type}`;
    let difference = this.#differences.get(id);
    if (difference === undefined) {
      difference = { type, kind, added: [], removed: [], changed: [] };
      this.#differences.set(id, difference);
    }
    return difference;
  }

  sorted(): TypeDifference[] {
    const differences = [...this.#differences.values()];
    for (const { added, removed, changed } of differences) {
      added.sort();
      removed.sort();
      changed.sort((a, b) => (a.key < b.key ? -1 : 1));
    }
    return differences.sort((a, b) => (`${a.kind} ${a.type}` < `${b.kind} ${b.type}` ? -1 : 1));
  }
}
