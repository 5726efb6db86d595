import type * as duckDb from '@duckdb/node-api';
import { CommandError } from '../command-error.js';

/** The part of `@duckdb/node-api` that is loaded when somebody asks for it. */
export type DuckDb = typeof duckDb;

/**
 * Loads DuckDB, which is large and optional.
 *
 * @throws CommandError when it is not installed.
 */
export async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new CommandError(
      `This needs DuckDB, which is not installed: npm install @duckdb/node-api\n(${reason ?? ''})`,
    );
  }
}

/** A text in SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name in SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
