import { Option, type Command } from 'commander';
import type { CheckOptions } from '../check/run-check.js';
import { addOutputOptions } from './output-options.js';
import { repeatable } from './repeatable.js';

const EXAMPLES = `
Looks at the configuration, the way to the server (name, proxy, TLS), the clock, the credentials, and what each step may
read. Each step costs about one request; nothing is written.

Examples:
  $ vendor-graph check runzero
  $ vendor-graph check --all
  $ vendor-graph check threatstack --json
  $ vendor-graph check aquasec --simulate

Exit codes: 0 everything in order; 1 something is not; 130 interrupted.`;

/** `vendor-graph check`. */
export function registerCheck(program: Command): void {
  const command = program
    .command('check')
    .summary('find out whether vendors can be collected')
    .description('Finds out whether vendors can be collected, without collecting them.')
    .argument('[vendors...]', 'names of vendors, installed packages, or paths to packages')
    .option('-a, --all', 'all vendors of the workspace, or all that are installed', false)
    .option('-s, --simulate', 'check against the built-in simulator instead of the vendor', false)
    .addOption(
      new Option('--simulated-credentials <kind>', 'kind of credentials to use at the simulator')
        .default('default')
        .implies({ simulate: true }),
    )
    .option('--enable-source <id>', 'switch an ingestion source on; repeatable', repeatable, [])
    .option('--disable-source <id>', 'switch an ingestion source off; repeatable', repeatable, [])
    .option('--json', 'write one JSON document to stdout, everything else to stderr', false);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (vendors: string[], options: CheckOptions) => {
      const { runCheck } = await import('../check/run-check.js');
      process.exitCode = await runCheck(vendors, options);
    });
}
