import { Option, type Command } from 'commander';
import { deferUnusedPartsOfSdk } from '../startup/lean-sdk.js';
import type { SyncOptions } from '../sync/run-sync.js';
import { addOutputOptions } from './output-options.js';

const EXAMPLES = `
The account and its key come from JUPITERONE_ACCOUNT and JUPITERONE_API_KEY, the integration instance from
<VENDOR>_INTEGRATION_INSTANCE_ID.

Never uploaded: a graph without a summary (the run was interrupted, or died), one that --step or --skip limited, and a
simulated one, unless the target is on this machine. Types that were not read completely are named partial data sets, of
which JupiterOne deletes nothing.

Examples:
  $ vendor-graph sync runzero --dry-run            what would be created, updated and deleted
  $ vendor-graph sync runzero                      upload what was collected
  $ vendor-graph sync --all --json
  $ vendor-graph sync runzero --source api --scope my-runzero

Exit codes: 0 everything uploaded; 1 refused, nothing uploaded; 2 the upload failed and was aborted; 130 interrupted.`;

/** `vendor-graph sync`. */
export function registerSync(program: Command): void {
  const command = program
    .command('sync')
    .summary('upload collected graphs to JupiterOne')
    .description('Uploads the graphs that were collected to JupiterOne.')
    .argument('[vendors...]', 'names of vendors, installed packages, or paths to packages')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .option('-o, --out <folder>', 'folder of the graph; of several vendors, the folder of their folders')
    .option('--api-base-url <url>', 'address of JupiterOne (default: JUPITERONE_API_BASE_URL, or the US region)')
    .addOption(
      new Option('--source <source>', 'whose data it is to JupiterOne')
        .choices(['integration-managed', 'integration-external', 'api'])
        .default('integration-managed'),
    )
    .option('--scope <name>', 'with --source api: what the data belongs to')
    .option('--integration-instance-id <id>', 'the instance, for one vendor')
    .option('--delete-disabled', 'delete what an earlier upload brought of steps that were off this time', false)
    .option('--dry-run', 'show what would change, and send nothing', false)
    .option('--against <folder>', 'with --dry-run: compare with this graph, not with the last upload')
    .option('--json', 'write one JSON document to stdout, everything else to stderr', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: SyncOptions) => {
      deferUnusedPartsOfSdk();
      const { runSync } = await import('../sync/run-sync.js');
      process.exitCode = await runSync(vendors, options);
    });
}
