import type { Command } from 'commander';
import type { DocumentOptions } from '../document/run-document.js';
import { addOutputOptions } from './output-options.js';

const EXAMPLES = `
Writes the section between the two markers of docs/jupiterone.md; the rest of the page is yours.

Examples:
  $ vendor-graph document runzero                  after a change of its data model
  $ vendor-graph document --all --check            in CI: fails when a page differs from the code

Exit codes: 0 everything agrees; 1 a page differs, or cannot be written.`;

/** `vendor-graph document`. */
export function registerDocument(program: Command): void {
  const command = program
    .command('document')
    .summary('write the data-model tables of vendors')
    .description("Writes the graph and the tables of a vendor's data model into its docs/jupiterone.md.")
    .argument('[vendors...]', 'names of vendors, installed packages, or paths to packages')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .option('--check', 'write nothing; fail when a page differs from the code', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: DocumentOptions) => {
      const { runDocument } = await import('../document/run-document.js');
      process.exitCode = await runDocument(vendors, options);
    });
}
