import { amount } from './elements.js';
import { widthOf, type CanvasEdge, type CanvasNode } from './graph-canvas.js';
import { layeredLayout, ROW_HEIGHT, type Position } from './layered-layout.js';
import type { PageGraph } from './page-graph.js';
import { nodeLabel } from './page-words.js';

/** What the canvas shows first: all types, with the relationships between them. */
export function overview({ data }: PageGraph): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const labels = data.nodes.map((node) => nodeLabel(node, data.kind));
  const widths = labels.map(widthOf);
  const bands = bandsOf(data);
  const positions = layeredLayout(
    widths.map((width, place) => ({ width, band: bands[place] ?? 0 })),
    data.edges.map(({ from, to }) => [from, to] as const),
    data.kind === 'steps' ? 'order' : 'distance',
  );
  return {
    nodes: data.nodes.map((node, place) => ({
      id: String(place),
      label: labels[place] ?? '',
      x: positions[place]?.x ?? 0,
      y: positions[place]?.y ?? 0,
      width: widths[place] ?? 0,
      colour: node.graph ?? 0,
      style: node.mark === undefined ? 'plain' : node.mark === 'partial' ? 'partial' : 'dashed',
    })),
    edges: data.edges.map(({ from, to, label, dashed, members }, place) => ({
      id: String(place),
      from: String(from),
      to: String(to),
      label: members === undefined ? label : `${label} ${amount(members.count)}`,
      dashed,
      bent: isBlocked(positions[from], positions[to]),
    })),
  };
}

/** Whether a straight line would run behind the boxes between two of the same column. */
function isBlocked(from: Position | undefined, to: Position | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  return from.x === to.x && Math.abs(from.y - to.y) > ROW_HEIGHT;
}

/** Each graph has a band; what belongs to none stands with the first that is connected with it. */
function bandsOf(data: PageGraph['data']): number[] {
  return data.nodes.map(({ graph }, place) => {
    if (graph !== undefined) return graph;
    const edge = data.edges.find(({ from, to }) => from === place || to === place);
    const other = edge === undefined ? undefined : data.nodes[edge.from === place ? edge.to : edge.from];
    return other?.graph ?? 0;
  });
}
