import { EXIT_CODES } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import { csvLine } from '../export/csv.js';
import { namedGraph } from '../graph-folder/named-graph.js';
import { counted } from '../terminal/amounts.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { neutralize } from '../terminal/neutralize.js';
import { table } from '../terminal/table.js';
import { knownVendors } from '../vendors/known-vendors.js';
import { loadDuckDb } from './duckdb.js';
import { GraphDatabase, type QueryResult } from './graph-database.js';
import { graphIndex } from './graph-index.js';

/** The options of `vendor-graph query`. */
export interface QueryOptions extends OutputOptions {
  graph: string[];
  json: boolean;
  csv: boolean;
}

/** So many rows are shown to people. */
const SHOWN = 500;

/**
 * `vendor-graph query`.
 *
 * @returns the exit code.
 */
export async function runQuery(sql: string, options: QueryOptions): Promise<number> {
  const io = openCommandIo(options);
  const cwd = process.cwd();
  return exitCodeOf(io, async () => {
    const graphs = options.graph.length > 0 ? options.graph.map((name) => namedGraph(name, cwd)) : collectedGraphs(cwd);
    const duckDb = await loadDuckDb();
    const indexed = [];
    for (const graph of graphs) {
      const index = await graphIndex(duckDb, graph.folder, () => {
        if (!options.quiet) io.messenger.say('info', `${graph.label}: preparing the graph for queries, once…`);
      });
      indexed.push({ ...graph, index });
    }
    const database = await GraphDatabase.open(duckDb, indexed);
    try {
      io.streams.result(shown(await database.query(sql), options));
    } finally {
      database.close();
    }
    return EXIT_CODES.success;
  });
}

/** The graphs of all vendors that have been collected. */
function collectedGraphs(cwd: string): ReturnType<typeof namedGraph>[] {
  const graphs = knownVendors(cwd).flatMap((vendor) => {
    try {
      return [namedGraph(vendor, cwd)];
    } catch (error) {
      if (error instanceof CommandError) return [];
      throw error;
    }
  });
  if (graphs.length === 0)
    throw new CommandError('There is no collected graph here. Collect one, or name its folder by --graph.');
  return graphs;
}

function shown({ columns, rows }: QueryResult, { json, csv }: QueryOptions): string {
  if (json) {
    const objects = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
    return `${neutralize(JSON.stringify(objects))}\n`;
  }
  if (csv) return [columns, ...rows].map(csvLine).join('');
  const drawn = table(
    columns.map((title, index) => ({
      title,
      align: rows.every((row) => typeof row[index] === 'number') ? 'right' : 'left',
    })),
    rows.slice(0, SHOWN).map((row) => row.map(cell)),
  );
  const more = rows.length > SHOWN ? `, of which ${counted(SHOWN, 'is', 'are')} shown: --json and --csv have all` : '';
  return `${drawn}\n${counted(rows.length, 'row')}${more}\n`;
}

function cell(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
