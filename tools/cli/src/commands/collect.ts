import { Option, type Command } from 'commander';
import type { CollectOptions } from '../collect/run-collect.js';
import { deferUnusedPartsOfSdk } from '../startup/lean-sdk.js';
import { addOutputOptions } from './output-options.js';
import { repeatable } from './repeatable.js';

const EXAMPLES = `
Configuration comes from environment variables with the vendor's prefix (RUNZERO_EXPORT_TOKEN), then from
packages/<vendor>/.env; outside the workspace from ./<vendor>/.env.

Examples:
  $ vendor-graph collect runzero --simulate        see it work, without an account
  $ vendor-graph collect runzero                   one vendor
  $ vendor-graph collect runzero threatstack       two at the same time
  $ vendor-graph collect --all --json              all, with one JSON document on stdout
  $ vendor-graph collect runzero --step fetch-users --out /tmp/users
  $ vendor-graph collect @vendor-graph/runzero     an installed package, in any folder

Exit codes: 0 everything done; 1 configuration or credentials wrong, nothing collected; 2 some steps failed;
130 interrupted.`;

/** `vendor-graph collect`. */
export function registerCollect(program: Command): void {
  const command = program
    .command('collect')
    .summary('read vendors into a JupiterOne graph on disk')
    .description('Reads one or more vendors into a JupiterOne graph on disk.')
    .argument('[vendors...]', 'names of vendors, installed packages, or paths to packages')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .option('-s, --simulate', 'collect from the built-in simulator instead of the vendor', false)
    .addOption(
      new Option('--simulated-credentials <kind>', 'kind of credentials to use at the simulator')
        .default('default')
        .implies({ simulate: true }),
    )
    .option('-o, --out <folder>', 'folder of the graph; of several vendors, the folder of their folders')
    .option('--step <id>', 'only this step and what it depends on; repeatable', repeatable, [])
    .option('--skip <id>', 'not this step, nor what depends on it; repeatable', repeatable, [])
    .option('--enable-source <id>', 'switch an ingestion source on; repeatable', repeatable, [])
    .option('--disable-source <id>', 'switch an ingestion source off; repeatable', repeatable, [])
    .option('--tag-account-name', "tag each entity with the instance's name (tag.AccountName)", false)
    .option(
      '--validate',
      "check each entity against JupiterOne's schema of its class; one that breaks it fails its step",
      false,
    )
    .option('--allow-partial', 'exit with 0 although steps failed', false)
    .option('--json', 'write one JSON document to stdout, everything else to stderr', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: CollectOptions) => {
      deferUnusedPartsOfSdk();
      const { runCollect } = await import('../collect/run-collect.js');
      process.exitCode = await runCollect(vendors, options);
    });
}
