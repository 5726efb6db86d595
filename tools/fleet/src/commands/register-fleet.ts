import type { Command } from 'commander';
import type { ApplyOptions } from '../apply/run-apply.js';
import type { DashboardOptions } from '../dashboard/run-dashboard.js';
import type { WorkerOptions } from '../worker/run-worker.js';
import type { RetryOptions } from './retry-failed.js';
import type { RunOptions } from './run-accounts.js';

const EXAMPLES = `
Redis is named by VENDOR_GRAPH_REDIS_URL, or by a file that VENDOR_GRAPH_REDIS_URL_FILE names.

Examples:
  $ vendor-graph fleet apply --dry-run             what the accounts file changes
  $ vendor-graph fleet apply
  $ vendor-graph fleet worker --concurrency 4      on as many machines as you like
  $ vendor-graph fleet run acme-runzero --wait
  $ vendor-graph fleet status
  $ vendor-graph fleet retry --cause network
  $ vendor-graph fleet dashboard`;

const ACCOUNTS = ['--accounts <file>', 'the accounts file', 'accounts.yaml'] as const;

/** `vendor-graph fleet`. Loads what a command does when it runs. */
export function registerFleet(program: Command): void {
  const fleet = program
    .command('fleet')
    .summary('many accounts over many machines, on BullMQ and Redis')
    .description('Collects and uploads many accounts on schedules, by workers on as many machines as you like.')
    .addHelpText('after', EXAMPLES);
  registerApply(fleet);
  registerWorker(fleet);
  registerRun(fleet);
  registerStatus(fleet);
  registerRetry(fleet);
  registerDashboard(fleet);
}

function registerApply(fleet: Command): void {
  fleet
    .command('apply')
    .description('Makes the schedules of the queue those of the accounts file.')
    .option(...ACCOUNTS)
    .option('--dry-run', 'show the difference, and change nothing', false)
    .option('--json', 'write one JSON document to stdout', false)
    .action((options: ApplyOptions) =>
      reporting(async () => {
        const { runApply } = await import('../apply/run-apply.js');
        return { output: await runApply(options), code: 0 };
      }),
    );
}

function registerWorker(fleet: Command): void {
  fleet
    .command('worker')
    .description('Runs the jobs of the queue until SIGTERM, then ends those under way.')
    .option(...ACCOUNTS)
    .option('--concurrency <number>', 'accounts at the same time', '2')
    .option('--job-memory <MiB>', 'memory of one job', '1024')
    .option('--lease <time>', 'how long a worker that falls silent keeps its jobs', '30s')
    .option('--drain <time>', 'what jobs under way have to end, after SIGTERM', '5m')
    .addOption(
      fleet
        .createOption('--log-format <format>', 'log lines for people or for programs')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .action((options: WorkerOptions) =>
      reporting(async () => {
        const { runWorker } = await import('../worker/run-worker.js');
        await runWorker(options);
        return { output: '', code: 0 };
      }),
    );
}

function registerRun(fleet: Command): void {
  fleet
    .command('run')
    .description('Puts accounts into the queue now, before those that are due.')
    .argument('<names...>', 'names of the accounts file')
    .option(...ACCOUNTS)
    .option('--wait', 'wait for the result, and exit with its code', false)
    .option('--json', 'write one JSON document to stdout', false)
    .action((names: string[], options: RunOptions) =>
      reporting(async () => {
        const { runAccounts } = await import('./run-accounts.js');
        return runAccounts(names, options);
      }),
    );
}

function registerStatus(fleet: Command): void {
  fleet
    .command('status')
    .description('Shows the accounts: last result, next run, durations, partial data sets, failures by cause.')
    .option('--json', 'write one JSON document to stdout', false)
    .action(({ json }: { json: boolean }) =>
      reporting(async () => {
        const { runStatus } = await import('../status/run-status.js');
        return { output: await runStatus(json), code: 0 };
      }),
    );
}

function registerRetry(fleet: Command): void {
  fleet
    .command('retry')
    .description('Puts accounts whose last run failed for good back into the queue.')
    .argument('[names...]', 'names of accounts')
    .option('-a, --all', 'all that failed', false)
    .addOption(
      fleet
        .createOption('--cause <cause>', 'only those that failed for this cause')
        .choices(['network', 'credentials', 'configuration', 'upload', 'memory', 'crash']),
    )
    .option('--json', 'write one JSON document to stdout', false)
    .action((names: string[], options: RetryOptions) =>
      reporting(async () => {
        const { retryFailed } = await import('./retry-failed.js');
        return { output: await retryFailed(names, options), code: 0 };
      }),
    );
}

function registerDashboard(fleet: Command): void {
  fleet
    .command('dashboard')
    .description('Serves a page with the queue and its jobs, for looking.')
    .option('--host <address>', 'address to listen on; any but this machine itself needs a password', '127.0.0.1')
    .option('--port <port>', 'port to listen on', '8440')
    .action((options: DashboardOptions) =>
      reporting(async () => {
        const { runDashboard } = await import('../dashboard/run-dashboard.js');
        await runDashboard(options);
        return { output: '', code: 0 };
      }),
    );
}

/** Writes what a command answers, and in words what the user has to correct. */
async function reporting(work: () => Promise<{ output: string; code: number }>): Promise<void> {
  const { CommandError, deferUnusedPartsOfSdk } = await import('@vendor-graph/cli');
  deferUnusedPartsOfSdk();
  const { AccountsFileError } = await import('../accounts/accounts-file-error.js');
  try {
    const { output, code } = await work();
    process.exitCode = code;
    await written(output);
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof AccountsFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function written(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => {
      resolve();
    });
  });
}
