import { widthOf, type CanvasEdge, type CanvasNode } from './graph-canvas.js';
import { amount } from './elements.js';
import type { EntityPlace, PageGraph, TouchingRelationships } from './page-graph.js';

/** So many neighbours of an entity are drawn along each kind of relationship; the panel lists all. */
const DRAWN_PER_EDGE = 8;
const LONGEST_NAME = 34;
const ROW_HEIGHT = 62;
const COLUMN_DISTANCE = 360;

/** The canvas around one entity: what points to it on the left, what it points to on the right. */
export async function neighbourhood(
  graph: PageGraph,
  place: EntityPlace,
  relationships: readonly TouchingRelationships[],
): Promise<{ nodes: CanvasNode[]; edges: CanvasEdge[] }> {
  const { names } = await graph.members(place.node);
  const centre = box(entityId(place), names[place.member] ?? '', graph.node(place.node).name, place.node, graph);
  const nodes: CanvasNode[] = [{ ...centre, style: 'centre' }];
  const edges: CanvasEdge[] = [];
  for (const outgoing of [false, true]) {
    const side: CanvasNode[] = [];
    for (const touching of relationships.filter((relationship) => relationship.outgoing === outgoing)) {
      const members = await graph.members(touching.otherNode);
      const type = graph.node(touching.otherNode).name;
      const drawn = touching.others.slice(0, DRAWN_PER_EDGE);
      const added = drawn.map((member) =>
        box(
          entityId({ node: touching.otherNode, member }),
          members.names[member] ?? '',
          type,
          touching.otherNode,
          graph,
        ),
      );
      const more = touching.others.length - drawn.length;
      if (more > 0)
        added.push({
          ...box(moreId(touching), `${amount(more)} more`, type, touching.otherNode, graph),
          style: 'more',
        });
      for (const [index, neighbour] of added.entries()) {
        if (![...nodes, ...side].some(({ id }) => id === neighbour.id)) side.push(neighbour);
        edges.push({
          id: `${touching.edgePlace} ${String(outgoing)} ${index}`,
          from: outgoing ? centre.id : neighbour.id,
          to: outgoing ? neighbour.id : centre.id,
          label: touching.edge.label,
          dashed: touching.edge.dashed,
        });
      }
    }
    const x = outgoing ? COLUMN_DISTANCE : -COLUMN_DISTANCE;
    for (const [row, node] of side.entries()) nodes.push({ ...node, x, y: (row - (side.length - 1) / 2) * ROW_HEIGHT });
  }
  return { nodes, edges };
}

/** The entity that a box stands for; undefined for one that stands for more. */
export function entityOf(id: string): EntityPlace | undefined {
  const [, node, member] = /^entity (\d+) (\d+)$/.exec(id) ?? [];
  return node === undefined || member === undefined ? undefined : { node: Number(node), member: Number(member) };
}

function entityId({ node, member }: EntityPlace): string {
  return `entity ${node} ${member}`;
}

function moreId({ edgePlace, outgoing }: TouchingRelationships): string {
  return `more ${edgePlace} ${String(outgoing)}`;
}

function box(id: string, name: string, type: string, node: number, graph: PageGraph): CanvasNode {
  const label = `${shortened(name)}\n${type}`;
  const { graph: colour = 0, mark } = graph.node(node);
  return { id, label, x: 0, y: 0, width: widthOf(label), colour, style: mark === 'elsewhere' ? 'dashed' : 'plain' };
}

/** A name on one line: a vendor's may be of any length. */
function shortened(name: string): string {
  const line = name.replace(/\s+/g, ' ');
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line;
}
