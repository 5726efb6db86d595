import type { Command } from 'commander';
import type { QueryOptions } from '../query/run-query.js';
import { addOutputOptions } from './output-options.js';
import { repeatable } from './repeatable.js';

const EXAMPLES = `
Tables: entities and relationships, and a view for each type with its properties as columns. All collected vendors are
there unless --graph names some; nothing can be changed, and no other file be read. The first question after a collection
takes longer. Needs DuckDB: npm install @duckdb/node-api

Examples:
  $ vendor-graph query "SELECT _type, count(*) FROM entities GROUP BY ALL"
  $ vendor-graph query "DESCRIBE rumble_asset"
  $ vendor-graph query "SELECT displayName, osName FROM rumble_asset WHERE osEolExpired" --csv

Exit codes: 0 answered; 1 not.`;

/** `vendor-graph query`. */
export function registerQuery(program: Command): void {
  const command = program
    .command('query')
    .summary('ask collected graphs in SQL')
    .description('Answers a question in SQL from collected graphs.')
    .argument('<sql>', 'one SELECT')
    .option('--graph <name>', 'a vendor, or the folder of a graph; repeatable', repeatable, [])
    .option('--json', 'write one JSON document to stdout, everything else to stderr', false)
    .option('--csv', 'write CSV', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (sql: string, options: QueryOptions) => {
      const { runQuery } = await import('../query/run-query.js');
      process.exitCode = await runQuery(sql, options);
    });
}
