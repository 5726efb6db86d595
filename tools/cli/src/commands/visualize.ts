import { Option, type Command } from 'commander';
import type { VisualizeOptions } from '../visualize/run-visualize.js';
import { addOutputOptions } from './output-options.js';

const EXAMPLES = `
Writes one file of HTML that needs nothing else: open it from disk, offline. A graph is named by a vendor, whose last graph
it is then, or by its folder.

Examples:
  $ vendor-graph visualize runzero                 the last graph of one vendor
  $ vendor-graph visualize --all --out all.html
  $ vendor-graph visualize runzero --types         what the package declares
  $ vendor-graph visualize runzero --steps         which step waits for which, and why one is off
  $ vendor-graph visualize runzero --types --format mermaid

Exit codes: 0 written; 1 not.`;

/** `vendor-graph visualize`. */
export function registerVisualize(program: Command): void {
  const command = program
    .command('visualize')
    .summary('write collected graphs as a page for the browser')
    .description('Writes collected graphs, or what vendors declare, as a page for the browser.')
    .argument('[vendors...]', 'vendors, or folders of graphs')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .option('--types', 'the declared types and relationships instead of a collected graph', false)
    .option('--steps', 'the steps instead of a collected graph', false)
    .addOption(
      new Option('--format <format>', 'with --types or --steps: a page, or Mermaid on stdout')
        .choices(['html', 'mermaid'])
        .default('html'),
    )
    .option('-o, --out <file>', 'the page to write');
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: VisualizeOptions) => {
      const { runVisualize } = await import('../visualize/run-visualize.js');
      process.exitCode = await runVisualize(vendors, options);
    });
}
