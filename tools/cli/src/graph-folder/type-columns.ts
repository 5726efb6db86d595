import type { FlatObject } from './flat-objects.js';
import type { GraphObjectKind } from './graph-objects.js';

/** What all values of a property are; `json` when they are not of one kind. */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'texts'
  | 'integers'
  | 'numbers'
  | 'booleans'
  /** Lists, all of them empty. */
  | 'empty'
  | 'json';

/** The objects of one type, and what properties they have. */
export interface TypeColumns {
  kind: GraphObjectKind;
  type: string;
  count: number;
  /** In the order in which they were met, those with an underscore first. */
  columns: ReadonlyMap<string, ColumnType>;
}

/** Learns which columns a table of each type needs; kinds that meet in one property are widened. */
export class ColumnCatalog {
  readonly #types = new Map<string, TypeColumns & { columns: Map<string, ColumnType> }>();

  add({ kind, type, properties }: Pick<FlatObject, 'kind' | 'type' | 'properties'>): void {
    const id = `${kind} ${type}`;
    let known = this.#types.get(id);
    if (known === undefined) {
      known = { kind, type, count: 0, columns: new Map() };
      this.#types.set(id, known);
    }
    known.count += 1;
    for (const [name, value] of properties) {
      const before = known.columns.get(name);
      const now = columnTypeOf(value);
      if (before !== now) known.columns.set(name, before === undefined ? now : widened(before, now));
    }
  }

  /** Entities first, by name of the type. */
  types(): TypeColumns[] {
    return [...this.#types.values()]
      .map((known) => ({ ...known, columns: new Map([...known.columns].sort(([a], [b]) => rank(a) - rank(b))) }))
      .sort((a, b) => (`${a.kind} ${a.type}` < `${b.kind} ${b.type}` ? -1 : 1));
  }
}

const LIST_OF: Readonly<Partial<Record<ColumnType, ColumnType>>> = Object.freeze({
  text: 'texts',
  integer: 'integers',
  number: 'numbers',
  boolean: 'booleans',
});
const LISTS = new Set(Object.values(LIST_OF));

function columnTypeOf(value: unknown): ColumnType {
  if (!Array.isArray(value)) return scalarTypeOf(value);
  const [first, ...rest] = (value as unknown[]).map(scalarTypeOf);
  return first === undefined ? 'empty' : (LIST_OF[rest.reduce(widened, first)] ?? 'json');
}

function scalarTypeOf(value: unknown): ColumnType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'number') return 'json';
  return Number.isSafeInteger(value) ? 'integer' : 'number';
}

/** The narrowest type for the values of two. */
function widened(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  const both = new Set([a, b]);
  if (both.has('integer') && both.has('number')) return 'number';
  if (both.has('integers') && both.has('numbers')) return 'numbers';
  const list = a === 'empty' ? b : b === 'empty' ? a : undefined;
  return list !== undefined && LISTS.has(list) ? list : 'json';
}

/** Keys and types stand first. */
function rank(name: string): number {
  return name.startsWith('_') ? 0 : 1;
}
