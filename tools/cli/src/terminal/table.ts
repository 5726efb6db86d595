import Table from 'cli-table3';
import { neutralizeLine } from './neutralize.js';

/** A column: its heading and, for numbers, that they stand on the right. */
export interface Column {
  title: string;
  align?: 'left' | 'right';
}

/** A table without colours, so that it reads the same in a terminal, in a file and in the log of a CI. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  const drawn = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    style: { head: [], border: [], compact: true },
  });
  drawn.push(...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? neutralizeLine(cell) : cell))));
  return drawn.toString();
}
