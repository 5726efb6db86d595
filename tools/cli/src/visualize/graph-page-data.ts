import { graphObjects, type GraphObject } from '../graph-folder/graph-objects.js';
import { mappingOf } from '../graph-folder/mapping.js';
import { incompleteness, type NamedGraph } from '../graph-folder/named-graph.js';
import type { ChunkFile } from './chunk-file.js';
import { MemberCollector } from './member-collector.js';
import type { PageData, PageEdge, PageGraph, PageNode } from './page-data.js';
import { RelationshipCollector } from './relationship-collector.js';

/** Not shown among the properties: they stand elsewhere on the page, or would double it. */
const NOT_SHOWN = new Set([
  '_key',
  '_type',
  '_class',
  '_rawData',
  '_mapping',
  '_fromEntityKey',
  '_toEntityKey',
  'displayName',
]);
/** The type of an entity that a relationship names and that is not in the graph. */
const MISSING = '(not in the graph)';

/** An entity's place on the page. */
interface Place {
  node: number;
  member: number;
}

interface CollectedNode {
  node: PageNode;
  members: MemberCollector;
}

interface CollectedEdge {
  edge: PageEdge;
  members: RelationshipCollector;
}

/**
 * Reads collected graphs for a page. Properties go into chunks as they are read; in memory are the names, keys and ends of
 * relationships.
 */
export async function graphPageData(graphs: readonly NamedGraph[], chunks: ChunkFile, now: number): Promise<PageData> {
  const reader = new GraphReader(chunks);
  for (const [index, graph] of graphs.entries()) await reader.read(graph, index);
  return {
    kind: 'graph',
    title: graphs.map(({ label }) => label).join(', '),
    generatedOn: now,
    graphs: graphs.map(toPageGraph),
    ...(await reader.finish()),
  };
}

class GraphReader {
  readonly #chunks: ChunkFile;
  readonly #nodes: CollectedNode[] = [];
  readonly #nodePlaces = new Map<string, number>();
  readonly #edges = new Map<string, CollectedEdge>();
  /** Entities that other integrations collect are the same for all graphs. */
  readonly #elsewhere = new Map<string, Place>();

  constructor(chunks: ChunkFile) {
    this.#chunks = chunks;
  }

  async read({ folder, state }: NamedGraph, graph: number): Promise<void> {
    const partialTypes = new Set(state?.partialTypes);
    const places = new Map<string, Place>();
    for await (const entities of graphObjects(folder, 'entities'))
      for (const entity of entities) {
        const node = this.#node(entity._type, graph, partialTypes.has(entity._type) ? 'partial' : undefined);
        places.set(entity._key, await this.#addMember(node, entity._key, entity));
      }
    for await (const relationships of graphObjects(folder, 'relationships'))
      for (const relationship of relationships) await this.#addRelationship(relationship, places, graph);
  }

  async finish(): Promise<Pick<PageData, 'nodes' | 'edges'>> {
    const nodes: PageNode[] = [];
    for (const { node, members } of this.#nodes) nodes.push({ ...node, members: await members.finish() });
    const edges: PageEdge[] = [];
    for (const { edge, members } of this.#edges.values()) edges.push({ ...edge, members: await members.finish() });
    return { nodes, edges };
  }

  #node(type: string, graph: number | undefined, mark: PageNode['mark']): number {
    const id = JSON.stringify([type, graph]);
    let place = this.#nodePlaces.get(id);
    if (place === undefined) {
      place = this.#nodes.length;
      this.#nodePlaces.set(id, place);
      this.#nodes.push({
        node: {
          name: type,
          ...(graph === undefined ? {} : { graph }),
          classes: [],
          ...(mark === undefined ? {} : { mark }),
          facts: [],
        },
        members: new MemberCollector(this.#chunks),
      });
    }
    return place;
  }

  async #addMember(place: number, key: string, entity: Readonly<Record<string, unknown>>): Promise<Place> {
    const collected = this.#nodes[place];
    if (collected === undefined) throw new RangeError(`There is no node ${place}.`);
    for (const name of classesOf(entity)) if (!collected.node.classes.includes(name)) collected.node.classes.push(name);
    const member = await collected.members.add(nameOf(entity, key), key, shownProperties(entity));
    return { node: place, member };
  }

  async #addRelationship(relationship: GraphObject, places: ReadonlyMap<string, Place>, graph: number): Promise<void> {
    const mapping = mappingOf(relationship);
    let from: Place;
    let to: Place;
    if (mapping === undefined) {
      from = await this.#end(String(relationship['_fromEntityKey']), places, graph);
      to = await this.#end(String(relationship['_toEntityKey']), places, graph);
    } else {
      const source = await this.#end(mapping.sourceKey, places, graph);
      const target =
        places.get(mapping.targetId) ??
        (await this.#outside(mapping.targetId, mapping.targetType, undefined, mapping.target));
      [from, to] = mapping.isReverse ? [target, source] : [source, target];
    }
    const id = JSON.stringify([relationship._type, from.node, to.node]);
    let collected = this.#edges.get(id);
    if (collected === undefined) {
      const edge: PageEdge = {
        label: classesOf(relationship).join(', '),
        type: relationship._type,
        from: from.node,
        to: to.node,
        dashed: mapping !== undefined,
      };
      collected = { edge, members: new RelationshipCollector(this.#chunks) };
      this.#edges.set(id, collected);
    }
    await collected.members.add(from.member, to.member, shownProperties(relationship));
  }

  async #end(key: string, places: ReadonlyMap<string, Place>, graph: number): Promise<Place> {
    return places.get(key) ?? (await this.#outside(`${graph} ${key}`, MISSING, graph, { _key: key }));
  }

  async #outside(
    id: string,
    type: string,
    graph: number | undefined,
    entity: Readonly<Record<string, unknown>>,
  ): Promise<Place> {
    const known = this.#elsewhere.get(id);
    if (known !== undefined) return known;
    const key = typeof entity['_key'] === 'string' ? entity['_key'] : '';
    const place = await this.#addMember(this.#node(type, graph, 'elsewhere'), key, entity);
    this.#elsewhere.set(id, place);
    return place;
  }
}

function toPageGraph(graph: NamedGraph): PageGraph {
  const incomplete = incompleteness(graph);
  return {
    label: graph.label,
    simulated: graph.state?.simulated === true,
    ...(graph.state === undefined ? {} : { collectedOn: graph.state.startedOn }),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

function classesOf(object: Readonly<Record<string, unknown>>): string[] {
  const classes = object['_class'];
  return (Array.isArray(classes) ? (classes as unknown[]) : [classes]).filter((name) => typeof name === 'string');
}

/** What to call an entity; those of other integrations may have neither name nor key. */
function nameOf(entity: Readonly<Record<string, unknown>>, key: string): string {
  const names = [entity['displayName'], entity['name'], key, ...Object.values(shownProperties(entity))];
  return (names.find((name) => typeof name === 'string' && name !== '') as string | undefined) ?? '(without a name)';
}

function shownProperties(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !NOT_SHOWN.has(name)));
}
