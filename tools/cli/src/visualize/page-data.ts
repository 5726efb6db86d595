/** What the page in graph-page/ shows. It is embedded as JSON; what is large lies in chunks that the page decodes when needed. */
export interface PageData {
  /** A collected graph, or what the code of vendors declares. */
  kind: 'graph' | 'types' | 'steps';
  title: string;
  /** ms since the epoch. */
  generatedOn: number;
  graphs: PageGraph[];
  nodes: PageNode[];
  edges: PageEdge[];
}

/** One collected graph, or one vendor. */
export interface PageGraph {
  label: string;
  simulated: boolean;
  /** ms since the epoch; absent when it is not known. */
  collectedOn?: number;
  /** What is not complete. */
  incomplete?: string;
}

/** A type of entities; on the page of steps, a step. */
export interface PageNode {
  name: string;
  /** Place in `graphs`; absent for what belongs to none: entities that other integrations collect. */
  graph?: number;
  classes: string[];
  /** Why it stands out: not read completely; not collected here; off. */
  mark?: 'partial' | 'elsewhere' | 'off';
  /** What else is to be said of it: label and text. */
  facts: [label: string, text: string][];
  /** Absent where there are no members to show. */
  members?: PageMembers;
}

/** The entities of a type. */
export interface PageMembers {
  count: number;
  /** Chunk with the display names of all: JSON, an array of strings. */
  names: number;
  /** Chunk with their keys: JSON, an array of strings. */
  keys: number;
  /** Chunks with their properties: JSON, each an array of MEMBERS_IN_BLOCK objects. */
  blocks: number[];
}

/** All relationships of one type between two nodes. */
export interface PageEdge {
  /** The class: HAS. */
  label: string;
  /** Relationship `_type`. */
  type?: string;
  /** Places in `nodes`. */
  from: number;
  to: number;
  /** To an entity that another integration collects, or only with an optional source. */
  dashed: boolean;
  members?: PageRelationships;
}

/** The relationships of an edge. */
export interface PageRelationships {
  count: number;
  /**
   * Chunk with their ends: Int32, little-endian: for each relationship the place of its source among the members of
   * `from`, then for each that of its target; each as the difference from the one before.
   */
  ends: number;
  /** Chunks with their properties: JSON, each an array of MEMBERS_IN_BLOCK objects; -1 where none has any. */
  blocks: number[];
}

/** How many objects share a chunk. */
export const MEMBERS_IN_BLOCK = 500;

/** The id of the element that holds a chunk: base64 of deflated bytes without a header. */
export function chunkElementId(chunk: number): string {
  return `c${chunk}`;
}
