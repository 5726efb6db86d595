import { MEMBERS_IN_BLOCK, type PageData, type PageEdge, type PageNode } from '../src/visualize/page-data.js';
import { ChunkReader } from './chunk-reader.js';

/** A node's entities by place. */
export interface Members {
  names: readonly string[];
  keys: readonly string[];
}

/** Where an entity stands. */
export interface EntityPlace {
  node: number;
  member: number;
}

/** The relationships of one edge that touch one entity. */
export interface TouchingRelationships {
  edge: PageEdge;
  /** Place of the edge on the page. */
  edgePlace: number;
  /** Whether they go out from the entity. */
  outgoing: boolean;
  /** Place in `nodes` of the other ends. */
  otherNode: number;
  /** The other ends. */
  others: number[];
  /** Places of the relationships among those of the edge. */
  relationships: number[];
}

interface Ends {
  sources: Int32Array;
  targets: Int32Array;
}

/** The graph of the page; what is large is decoded when it is asked for. */
export class PageGraph {
  readonly data: PageData;
  readonly #chunks = new ChunkReader();
  readonly #members = new Map<number, Promise<Members>>();
  readonly #ends = new Map<number, Promise<Ends>>();

  constructor(data: PageData) {
    this.data = data;
  }

  node(place: number): PageNode {
    const node = this.data.nodes[place];
    if (node === undefined) throw new RangeError(`There is no type ${place}.`);
    return node;
  }

  /** The names and keys of all entities of a node. */
  members(place: number): Promise<Members> {
    let members = this.#members.get(place);
    if (members === undefined) {
      members = this.#readMembers(this.node(place));
      this.#members.set(place, members);
    }
    return members;
  }

  /** The properties of an entity. */
  properties({ node, member }: EntityPlace): Promise<Record<string, unknown>> {
    return this.#fromBlock(this.node(node).members?.blocks ?? [], member);
  }

  /** The properties of a relationship. */
  relationshipProperties(edge: PageEdge, relationship: number): Promise<Record<string, unknown>> {
    return this.#fromBlock(edge.members?.blocks ?? [], relationship);
  }

  /** All relationships of an entity, by edge; an edge from a type to itself can be there twice. */
  async relationshipsOf({ node, member }: EntityPlace): Promise<TouchingRelationships[]> {
    const touching: TouchingRelationships[] = [];
    for (const [edgePlace, edge] of this.data.edges.entries()) {
      if (edge.from !== node && edge.to !== node) continue;
      const { sources, targets } = await this.#endsOf(edgePlace, edge);
      if (edge.from === node) touching.push(touchingBy(sources, targets, member, edge, edgePlace, true));
      if (edge.to === node) touching.push(touchingBy(targets, sources, member, edge, edgePlace, false));
    }
    return touching.filter(({ others }) => others.length > 0);
  }

  async #readMembers({ members }: PageNode): Promise<Members> {
    if (members === undefined) return { names: [], keys: [] };
    const [names, keys] = await Promise.all([this.#chunks.json(members.names), this.#chunks.json(members.keys)]);
    return { names: names as string[], keys: keys as string[] };
  }

  async #fromBlock(blocks: readonly number[], place: number): Promise<Record<string, unknown>> {
    const chunk = blocks[Math.floor(place / MEMBERS_IN_BLOCK)] ?? -1;
    if (chunk === -1) return {};
    const block = (await this.#chunks.json(chunk)) as Record<string, unknown>[];
    return block[place % MEMBERS_IN_BLOCK] ?? {};
  }

  #endsOf(place: number, edge: PageEdge): Promise<Ends> {
    let ends = this.#ends.get(place);
    if (ends === undefined) {
      ends = this.#readEnds(edge);
      this.#ends.set(place, ends);
    }
    return ends;
  }

  async #readEnds({ members }: PageEdge): Promise<Ends> {
    if (members === undefined) return { sources: new Int32Array(), targets: new Int32Array() };
    const differences = await this.#chunks.integers(members.ends);
    return {
      sources: summedUp(differences.subarray(0, members.count)),
      targets: summedUp(differences.subarray(members.count)),
    };
  }
}

function summedUp(differences: Int32Array): Int32Array {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}

function touchingBy(
  own: Int32Array,
  other: Int32Array,
  member: number,
  edge: PageEdge,
  edgePlace: number,
  outgoing: boolean,
): TouchingRelationships {
  const others: number[] = [];
  const relationships: number[] = [];
  for (let place = own.indexOf(member); place !== -1; place = own.indexOf(member, place + 1)) {
    others.push(other[place] ?? 0);
    relationships.push(place);
  }
  return { edge, edgePlace, outgoing, otherNode: outgoing ? edge.to : edge.from, others, relationships };
}
