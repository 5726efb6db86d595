import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphObjectKind } from '../graph-folder/graph-objects.js';
import type { ColumnType } from '../graph-folder/type-columns.js';
import { sqlText, type DuckDb } from './duckdb.js';
import { writeTypeFiles, type TypeFile } from './type-files.js';

/** A table of the database. */
export interface IndexedTable {
  kind: GraphObjectKind;
  type: string;
  table: string;
  columns: string[];
}

/** The database of a graph. */
export interface GraphIndex {
  path: string;
  tables: IndexedTable[];
}

/** Beside the graph; it outlives the graph and is made anew when that has changed. */
const DATABASE = 'query.duckdb';
const CONTENTS = 'query.json';

const SQL_TYPES: Readonly<Record<ColumnType, string>> = Object.freeze({
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  texts: 'VARCHAR[]',
  integers: 'BIGINT[]',
  numbers: 'DOUBLE[]',
  booleans: 'BOOLEAN[]',
  empty: 'VARCHAR[]',
  json: 'JSON',
});

/**
 * The database of a collected graph: a table for each type, without raw data. It is made when somebody asks for the first
 * time after a collection, which takes longer, and is only read from then on.
 *
 * @param onBuild called when it has to be made.
 */
export async function graphIndex(duckDb: DuckDb, graph: string, onBuild: () => void): Promise<GraphIndex> {
  const version = versionOf(graph);
  const known = readContents(graph);
  const path = join(graph, DATABASE);
  if (known?.version === version && statSync(path, { throwIfNoEntry: false }) !== undefined)
    return { path, tables: known.tables };

  onBuild();
  const folder = mkdtempSync(join(graph, '.query-'));
  try {
    const files = await writeTypeFiles(graph, folder);
    const tables = await createTables(duckDb, join(folder, DATABASE), files);
    writeFileSync(join(folder, CONTENTS), JSON.stringify({ version, tables }));
    // In this order a version never speaks of an older database.
    rmSync(join(graph, CONTENTS), { force: true });
    renameSync(join(folder, DATABASE), path);
    renameSync(join(folder, CONTENTS), join(graph, CONTENTS));
    return { path, tables };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function createTables(duckDb: DuckDb, path: string, files: readonly TypeFile[]): Promise<IndexedTable[]> {
  const instance = await duckDb.DuckDBInstance.create(path);
  const connection = await instance.connect();
  const tables: IndexedTable[] = [];
  try {
    for (const [index, { kind, type, columns, path: file }] of files.entries()) {
      const table = `t${index}`;
      const types = [...columns].map(([name, columnType]) => `${sqlText(name)}: ${sqlText(SQL_TYPES[columnType])}`);
      await connection.run(
        `CREATE TABLE ${table} AS SELECT * FROM read_json(${sqlText(file)}, format = 'newline_delimited', columns = {${types.join(', ')}})`,
      );
      tables.push({ kind, type, table, columns: [...columns.keys()] });
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return tables;
}

/** Changes when any file of the graph does, and when this code makes databases of another form. */
function versionOf(graph: string): string {
  const hash = createHash('sha256').update('1');
  const folder = join(graph, 'graph');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const { size, mtimeMs } = statSync(join(folder, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function readContents(graph: string): { version: string; tables: IndexedTable[] } | undefined {
  try {
    return JSON.parse(readFileSync(join(graph, CONTENTS), 'utf8')) as { version: string; tables: IndexedTable[] };
  } catch {
    return undefined;
  }
}
