import { Option, type Command } from 'commander';
import type { ExportOptions } from '../export/run-export.js';
import { addOutputOptions } from './output-options.js';

const EXAMPLES = `
CSV and Parquet have a file for each type, in <folder>/<vendor>/entities and relationships; GraphML and Cypher one file for
each vendor. Raw data is left out. Entities that other integrations collect are there with _mapped, as far as relationships
name them. In CSV a text that a spreadsheet would run as a formula begins with an apostrophe. Parquet needs DuckDB: npm
install @duckdb/node-api

Examples:
  $ vendor-graph export runzero --format csv
  $ vendor-graph export --all --format parquet --out /tmp/graphs
  $ vendor-graph export panoptica --format cypher && cypher-shell < vendor-graph-export/panoptica.cypher

Exit codes: 0 written; 1 not.`;

/** `vendor-graph export`. */
export function registerExport(program: Command): void {
  const command = program
    .command('export')
    .summary('write collected graphs for other tools')
    .description('Writes collected graphs in the formats of other tools.')
    .argument('[vendors...]', 'vendors, or folders of graphs')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .addOption(
      new Option('--format <format>', 'what to write')
        .choices(['csv', 'graphml', 'cypher', 'parquet'])
        .makeOptionMandatory(),
    )
    .option('-o, --out <folder>', 'where to write', 'vendor-graph-export');
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: ExportOptions) => {
      const { runExport } = await import('../export/run-export.js');
      process.exitCode = await runExport(vendors, options);
    });
}
