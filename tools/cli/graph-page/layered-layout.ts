/** A box to be placed. */
export interface Box {
  width: number;
  /** Boxes of the same band lie together; bands stand one below the other. */
  band: number;
}

/** Pairs of places among the boxes: from, to. */
type Arrows = readonly (readonly [number, number])[];

/** The middle of a box. */
export interface Position {
  x: number;
  y: number;
}

/** Where edges stand between two columns there is room for their labels. */
const COLUMN_GAP = 130;
/** From the middle of a box to that of the one below it. */
export const ROW_HEIGHT = 80;
const BAND_GAP = 52;
/** Sweeps over the columns that bring connected boxes to the same height. */
const SWEEPS = 4;

/**
 * Places boxes in columns from left to right along the arrows, in each band by itself: always the same for the same graph,
 * so that people find a type where they left it.
 *
 * @param arrows circles are fine.
 */
export function layeredLayout(boxes: readonly Box[], arrows: Arrows, columnsBy: 'distance' | 'order'): Position[] {
  const columns = columnsOf(boxes.length, arrows, columnsBy);
  const positions = boxes.map((): Position => ({ x: 0, y: 0 }));
  let top = 0;
  for (const band of [...new Set(boxes.map((box) => box.band))].sort((a, b) => a - b)) {
    const members = boxes.flatMap((box, place) => (box.band === band ? [place] : []));
    top = placeBand(members, boxes, columns, arrows, positions, top) + BAND_GAP;
  }
  return positions;
}

/**
 * The column of each box. By distance, few columns: each as near as possible to where nothing comes in. By order, each box
 * behind all that lead to it, unless they go in a circle.
 */
function columnsOf(count: number, arrows: Arrows, columnsBy: 'distance' | 'order'): number[] {
  const forward = arrows.filter(([from, to]) => from !== to);
  return (columnsBy === 'order' ? longestWays(count, forward) : undefined) ?? distances(count, forward);
}

/** Undefined when a circle makes a way endless. */
function longestWays(count: number, arrows: Arrows): number[] | undefined {
  const columns: number[] = Array.from({ length: count }, () => 0);
  for (let round = 0; round <= count; round += 1) {
    let changed = false;
    for (const [from, to] of arrows) {
      const next = (columns[from] ?? 0) + 1;
      if ((columns[to] ?? 0) >= next) continue;
      columns[to] = next;
      changed = true;
    }
    if (!changed) return columns;
  }
  return undefined;
}

function distances(count: number, arrows: Arrows): number[] {
  const targets = new Set(arrows.map(([, to]) => to));
  const columns: number[] = Array.from({ length: count }, (_, place) => (targets.has(place) ? -1 : 0));
  if (!columns.includes(0)) columns[0] = 0;
  for (let column = 0; arrows.some(([from, to]) => columns[from] === column && columns[to] === -1); column += 1)
    for (const [from, to] of arrows) if (columns[from] === column && columns[to] === -1) columns[to] = column + 1;
  return columns.map((column) => Math.max(0, column));
}

/** Places the boxes of one band and answers where it ends. */
function placeBand(
  members: readonly number[],
  boxes: readonly Box[],
  columns: readonly number[],
  arrows: Arrows,
  positions: Position[],
  top: number,
): number {
  const byColumn: number[][] = [];
  for (const place of members) (byColumn[columns[place] ?? 0] ??= []).push(place);
  const layers = byColumn.filter((layer) => layer.length > 0);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) for (const layer of layers) sortByNeighbours(layer, layers, arrows);

  const rows = Math.max(...layers.map((layer) => layer.length));
  let left = 0;
  for (const [column, layer] of layers.entries()) {
    const width = Math.max(...layer.map((place) => boxes[place]?.width ?? 0));
    // A straight arrow over several columns must not run behind a box.
    const shift = layers.length > 2 && column % 2 === 1 ? ROW_HEIGHT / 3 : 0;
    const offset = top + ((rows - layer.length) * ROW_HEIGHT) / 2 + shift;
    for (const [row, place] of layer.entries())
      positions[place] = { x: left + width / 2, y: offset + row * ROW_HEIGHT + ROW_HEIGHT / 2 };
    left += width + COLUMN_GAP;
  }
  return top + rows * ROW_HEIGHT;
}

/** Orders a column by the mean height of what its boxes are connected with. */
function sortByNeighbours(layer: number[], layers: readonly (readonly number[])[], arrows: Arrows): void {
  const heights = new Map<number, number>();
  for (const other of layers)
    for (const [row, place] of other.entries()) heights.set(place, (row + 0.5) / other.length);
  const wanted = new Map(
    layer.map((place) => {
      const neighbours = arrows
        .flatMap(([from, to]) => (from === place ? [to] : to === place ? [from] : []))
        .flatMap((neighbour) => heights.get(neighbour) ?? []);
      const mean = neighbours.reduce((sum, height) => sum + height, 0) / neighbours.length;
      return [place, neighbours.length === 0 ? (heights.get(place) ?? 0) : mean];
    }),
  );
  layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
}
