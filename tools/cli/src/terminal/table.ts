import { createRequire } from 'node:module';
import type CliTable from 'cli-table3';
import { neutralize, neutralizeLine } from './neutralize.js';

const require = createRequire(import.meta.url);

/** A space on each side of a cell. */
const PADDING = 2;

/** A column of a table. */
export interface Column {
  title: string;
  /** Numbers stand on the right. */
  align?: 'left' | 'right';
  /** In characters: for texts, which are wrapped and may have several lines. */
  width?: number;
}

/** A table without colours, so that it reads the same in a terminal, in a file and in the log of a CI. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  // Loaded here, because a quiet command draws none.
  const Table = require('cli-table3') as typeof CliTable;
  const drawn = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columns.map(({ width }) => (width === undefined ? null : width + PADDING)),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  drawn.push(
    ...rows.map((row) =>
      row.map((cell, index) => {
        if (typeof cell === 'number') return cell;
        return columns[index]?.width === undefined ? neutralizeLine(cell) : neutralize(cell);
      }),
    ),
  );
  return drawn.toString();
}
