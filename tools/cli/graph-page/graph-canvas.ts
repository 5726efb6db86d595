import cytoscape from 'cytoscape';
import { themeColour, themeFont } from './theme.js';

/** A box on the canvas. */
export interface CanvasNode {
  id: string;
  /** Up to two lines. */
  label: string;
  x: number;
  y: number;
  width: number;
  /** Which of the palette's colours. */
  colour: number;
  style: 'plain' | 'partial' | 'dashed' | 'centre' | 'more';
}

/** An arrow on the canvas. */
export interface CanvasEdge {
  id: string;
  from: string;
  to: string;
  label: string;
  dashed: boolean;
  /** Goes round what stands between its ends. */
  bent?: boolean;
}

const NODE_HEIGHT = 46;
const PADDING = 32;
const FONT_SIZE = 13;
/** Nothing is drawn larger than this, however few boxes there are. */
const MAX_ZOOM = 1.4;
/** Colours of the palette in page.css. */
const COLOURS = 6;

/** Draws a small graph, and tells which box was clicked. */
export class GraphCanvas {
  readonly #container: HTMLElement;
  readonly #onNode: (id: string) => void;
  readonly #onEdge: (id: string) => void;
  #drawn: cytoscape.Core | undefined;

  constructor(container: HTMLElement, onNode: (id: string) => void, onEdge: (id: string) => void) {
    this.#container = container;
    this.#onNode = onNode;
    this.#onEdge = onEdge;
  }

  draw(nodes: readonly CanvasNode[], edges: readonly CanvasEdge[]): void {
    this.#drawn?.destroy();
    const drawn = cytoscape({
      container: this.#container,
      elements: [
        ...nodes.map(({ id, label, x, y, width, colour, style }) => ({
          data: { id, label, width, colour: colour % COLOURS },
          position: { x, y },
          classes: style,
        })),
        ...edges.map(({ id, from, to, label, dashed, bent = false }) => ({
          data: { id: `edge ${id}`, source: from, target: to, label },
          classes: `${dashed ? 'dashed' : ''} ${bent ? 'bent' : ''}`,
        })),
      ],
      style: styleSheet(),
      layout: { name: 'preset' },
      minZoom: 0.05,
      maxZoom: 3,
      boxSelectionEnabled: false,
    });
    drawn.on('tap', 'node', (event) => {
      this.#onNode((event.target as cytoscape.NodeSingular).id());
    });
    drawn.on('tap', 'edge', (event) => {
      this.#onEdge((event.target as cytoscape.EdgeSingular).id().slice('edge '.length));
    });
    drawn.on('mouseover', 'node', () => {
      this.#container.classList.add('pointing');
    });
    drawn.on('mouseout', 'node', () => {
      this.#container.classList.remove('pointing');
    });
    this.#drawn = drawn;
    this.fit();
  }

  /** Shows everything. */
  fit(): void {
    const drawn = this.#drawn;
    if (drawn === undefined) return;
    drawn.resize();
    drawn.fit(undefined, PADDING);
    if (drawn.zoom() > MAX_ZOOM) {
      drawn.zoom(MAX_ZOOM);
      drawn.center();
    }
  }

  zoomBy(factor: number): void {
    const drawn = this.#drawn;
    drawn?.zoom({
      level: drawn.zoom() * factor,
      renderedPosition: { x: drawn.width() / 2, y: drawn.height() / 2 },
    });
  }

  /** Takes the colours of the current theme. */
  restyle(): void {
    this.#drawn?.style(styleSheet());
  }

  /** Lets what belongs to some boxes stand out; none: all. */
  highlight(ids: ReadonlySet<string> | undefined): void {
    const drawn = this.#drawn;
    if (drawn === undefined) return;
    drawn.batch(() => {
      drawn.elements().removeClass('faded');
      if (ids === undefined) return;
      const kept = drawn.nodes().filter((node) => ids.has(node.id()));
      drawn.elements().not(kept).not(kept.edgesWith(kept)).addClass('faded');
    });
  }
}

/** The width of a box for a label. */
export function widthOf(label: string): number {
  const context = (measuring ??= document.createElement('canvas').getContext('2d') ?? undefined);
  if (context === undefined) return label.length * FONT_SIZE;
  context.font = `600 ${FONT_SIZE}px ${themeFont()}`;
  return Math.ceil(Math.max(...label.split('\n').map((line) => context.measureText(line).width))) + 28;
}

let measuring: CanvasRenderingContext2D | undefined;

function styleSheet(): cytoscape.StylesheetStyle[] {
  const text = themeColour('text');
  const line = themeColour('line');
  const surface = themeColour('surface');
  const font = themeFont();
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        width: 'data(width)',
        height: NODE_HEIGHT,
        'background-color': surface,
        'border-width': 2,
        label: 'data(label)',
        color: text,
        'font-family': font,
        'font-size': FONT_SIZE,
        'text-valign': 'center',
        'text-halign': 'center',
        'text-wrap': 'wrap',
        'line-height': 1.35,
      },
    },
    ...Array.from({ length: COLOURS }, (_, colour) => ({
      selector: `node[colour = ${colour}]`,
      style: { 'border-color': themeColour(`hue-${colour}`), 'background-color': themeColour(`tint-${colour}`) },
    })),
    {
      selector: 'node.partial',
      style: { 'border-style': 'dashed', 'border-width': 3, 'border-color': themeColour('warn') },
    },
    { selector: 'node.dashed', style: { 'border-style': 'dashed', 'border-color': line, 'background-color': surface } },
    { selector: 'node.more', style: { 'border-style': 'dotted', 'background-color': surface } },
    { selector: 'node.centre', style: { 'border-width': 4, 'font-weight': 'bold' } },
    {
      selector: 'edge',
      style: {
        width: 1.6,
        'line-color': line,
        'target-arrow-color': line,
        'target-arrow-shape': 'triangle',
        'curve-style': 'bezier',
        'control-point-step-size': 46,
        label: 'data(label)',
        color: text,
        'font-family': font,
        'font-size': 11,
        'text-background-color': themeColour('ground'),
        'text-background-opacity': 0.92,
        'text-background-padding': '3px',
      },
    },
    { selector: 'edge.dashed', style: { 'line-style': 'dashed' } },
    {
      selector: 'edge.bent',
      style: { 'curve-style': 'unbundled-bezier', 'control-point-distances': 220, 'control-point-weights': 0.5 },
    },
    { selector: '.faded', style: { opacity: 0.18 } },
  ] as cytoscape.StylesheetStyle[];
}
