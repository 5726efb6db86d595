import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { CommandError } from '../command-error.js';
import type { NamedGraph } from '../graph-folder/named-graph.js';
import { sqlName, sqlText, type DuckDb } from './duckdb.js';
import type { GraphIndex, IndexedTable } from './graph-index.js';

/** The answer to a query. */
export interface QueryResult {
  columns: string[];
  /** Values of JSON. */
  rows: unknown[][];
}

const ONE_QUESTION = 'Ask one question at a time: one SELECT.';

/** What of a type's table is in the views over all types, and what stands there where a type has it not. */
const COMMON = {
  entities: { _key: 'NULL', _type: 'NULL', _class: 'NULL', displayName: 'NULL', _mapped: 'false' },
  relationships: {
    _key: 'NULL',
    _type: 'NULL',
    _class: 'NULL',
    _fromEntityKey: 'NULL',
    _toEntityKey: 'NULL',
    _mapped: 'false',
  },
} as const;

/** Collected graphs as a database that can be read and nothing else. */
export class GraphDatabase {
  readonly #duckDb: DuckDb;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(duckDb: DuckDb, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#duckDb = duckDb;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens the databases of graphs as one: `entities`, `relationships`, and a view for each type. */
  static async open(duckDb: DuckDb, graphs: readonly (NamedGraph & { index: GraphIndex })[]): Promise<GraphDatabase> {
    const instance = await duckDb.DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const tables: (IndexedTable & { graph: string; source: string })[] = [];
    for (const [place, { label, index }] of graphs.entries()) {
      await connection.run(`ATTACH ${sqlText(index.path)} AS graph_${place} (READ_ONLY)`);
      for (const table of index.tables)
        tables.push({ ...table, graph: label, source: `graph_${place}.${table.table}` });
    }
    for (const kind of ['entities', 'relationships'] as const) {
      const parts = tables
        .filter((table) => table.kind === kind)
        .map(({ graph, source, columns }) => {
          const common = Object.entries(COMMON[kind]).map(([name, absent]) =>
            columns.includes(name) ? `t.${sqlName(name)}` : `${absent} AS ${sqlName(name)}`,
          );
          return `SELECT ${sqlText(graph)} AS graph, ${common.join(', ')}, to_json(t) AS properties FROM ${source} AS t`;
        });
      const names = ['graph', ...Object.keys(COMMON[kind]), 'properties'];
      const nothing = `SELECT ${names.map((name) => `NULL AS ${sqlName(name)}`).join(', ')} LIMIT 0`;
      await connection.run(`CREATE VIEW ${kind} AS ${parts.length === 0 ? nothing : parts.join(' UNION ALL ')}`);
    }
    const views = new Map<string, { name: string; parts: string[] }>();
    for (const { type, graph, source } of tables) {
      // To SQL, names that differ in case only are the same; the names of the two views over all types are taken.
      const id = type.toLowerCase();
      if (id === 'entities' || id === 'relationships') continue;
      const view = views.get(id) ?? { name: type, parts: [] };
      view.parts.push(`SELECT ${sqlText(graph)} AS graph, * FROM ${source}`);
      views.set(id, view);
    }
    for (const { name, parts } of views.values())
      await connection.run(`CREATE VIEW ${sqlName(name)} AS ${parts.join(' UNION ALL BY NAME ')}`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return new GraphDatabase(duckDb, instance, connection);
  }

  /**
   * Runs one statement that reads.
   *
   * @throws CommandError when it is none, or the database refuses it.
   */
  async query(sql: string): Promise<QueryResult> {
    if (sql.trim() === '') throw new CommandError(ONE_QUESTION);
    try {
      const statements = await this.#connection.extractStatements(sql);
      if (statements.count !== 1) throw new CommandError(ONE_QUESTION);
      const statement = await statements.prepare(0);
      const { StatementType } = this.#duckDb;
      if (![StatementType.SELECT, StatementType.EXPLAIN].includes(statement.statementType))
        throw new CommandError('Graphs are only read here: SELECT, WITH, DESCRIBE, EXPLAIN.');
      const reader = await statement.runAndReadAll();
      return { columns: reader.deduplicatedColumnNames(), rows: reader.getRowsJS().map((row) => row.map(jsonValue)) };
    } catch (error) {
      if (error instanceof CommandError || !(error instanceof Error)) throw error;
      throw new CommandError(error.message);
    }
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** A value of the database as JSON has it. */
function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return (value as unknown[]).map(jsonValue);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonValue(item)]));
  return value;
}
