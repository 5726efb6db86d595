import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadDuckDb, sqlText } from '../query/duckdb.js';
import { graphIndex } from '../query/graph-index.js';
import { typeFile } from './type-file.js';

/**
 * Writes a graph as Parquet: a file for each type, with its properties as columns.
 *
 * @throws CommandError when DuckDB is not installed.
 */
export async function exportParquet(graph: string, out: string): Promise<void> {
  const duckDb = await loadDuckDb();
  const { path, tables } = await graphIndex(duckDb, graph, noop);
  const instance = await duckDb.DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    for (const { kind, type, table } of tables) {
      mkdirSync(join(out, kind), { recursive: true });
      await connection.run(
        `COPY ${table} TO ${sqlText(typeFile(out, kind, type, 'parquet'))} (FORMAT parquet, COMPRESSION zstd)`,
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function noop(): void {
  // Nobody waits for a word while files are written.
}
