import type { Command } from 'commander';
import type { DiffOptions } from '../diff/run-diff.js';
import { addOutputOptions } from './output-options.js';

const EXAMPLES = `
A graph is named by its folder, or by a vendor, whose last graph it is then. Raw data counts only when no property shows the
change. Between two simulated graphs the port of an address on this machine is no difference.

Examples:
  $ vendor-graph diff /tmp/monday runzero          since then
  $ vendor-graph diff before after --json

Exit codes: 0 compared, whether or not something differs; 1 nothing could be compared.`;

/** `vendor-graph diff`. */
export function registerDiff(program: Command): void {
  const command = program
    .command('diff')
    .summary('show what differs between two collected graphs')
    .description('Shows by type what was added, removed and changed from one collected graph to another.')
    .argument('<before>', 'folder of a graph, or a vendor')
    .argument('<after>', 'folder of a graph, or a vendor')
    .option('--json', 'write one JSON document to stdout, everything else to stderr', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { runDiff } = await import('../diff/run-diff.js');
      process.exitCode = await runDiff(before, after, options);
    });
}
