import { CommandError } from '@vendor-graph/cli';
import { QueueEvents } from 'bullmq';
import type { Account } from '../accounts/account.js';
import { readAccounts } from '../accounts/read-accounts.js';
import { jobOptions, PREFIX, QUEUE } from '../queue/fleet-queue.js';
import { patientConnection, redisUrl } from '../queue/redis-connection.js';
import { withQueue } from './with-queue.js';

/** The options of `vendor-graph fleet run`. */
export interface RunOptions {
  accounts: string;
  wait: boolean;
  json: boolean;
}

interface RunReport {
  account: string;
  job: string;
  status: 'queued' | 'success' | 'partial' | 'failure';
  error?: string;
}

/** Exit codes, as those of `collect`. */
const EXIT_CODES = { queued: 0, success: 0, failure: 1, partial: 2 } as const;
/** What is run by hand comes before what is due. */
const BY_HAND = 1;

/**
 * `vendor-graph fleet run`: puts accounts into the queue now, unless a run by hand is there already.
 *
 * @returns what to write to stdout, and the exit code.
 */
export async function runAccounts(
  names: readonly string[],
  { accounts: path, wait, json }: RunOptions,
): Promise<{ output: string; code: number }> {
  const chosen = choose(readAccounts(path), names, path);
  const reports = await withQueue(async (queue) => {
    const events = wait ? await listen() : undefined;
    try {
      return await Promise.all(
        chosen.map(async (account): Promise<RunReport> => {
          const { name } = account;
          const options = { ...jobOptions(account), priority: BY_HAND, deduplication: { id: name } };
          const job = await queue.add(name, { account: name }, options);
          const report = { account: name, job: job.id ?? '' };
          if (events === undefined) return { ...report, status: 'queued' };
          return job.waitUntilFinished(events.queue).then(
            ({ status }): RunReport => ({ ...report, status }),
            (error: unknown): RunReport => ({
              ...report,
              status: 'failure',
              error: error instanceof Error ? error.message : 'unknown error',
            }),
          );
        }),
      );
    } finally {
      await events?.close();
    }
  });
  const worst =
    reports.find(({ status }) => status === 'failure') ?? reports.find(({ status }) => status === 'partial');
  const words = ({ account, status, error }: RunReport): string =>
    `${account}: ${status}${error === undefined ? '' : ` (${error})`}`;
  return {
    output: json ? `${JSON.stringify({ runs: reports })}\n` : reports.map((report) => `${words(report)}\n`).join(''),
    code: EXIT_CODES[worst?.status ?? 'success'],
  };
}

function choose(accounts: readonly Account[], names: readonly string[], path: string): Account[] {
  const byName = new Map(accounts.map((account) => [account.name, account]));
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length > 0) throw new CommandError(`There is no account ${unknown.join(', ')} in ${path}.`);
  if (names.length === 0) throw new CommandError('Which account? Name one or more, as the accounts file does.');
  return [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
}

async function listen(): Promise<{ queue: QueueEvents; close(): Promise<void> }> {
  const redis = patientConnection(redisUrl(process.env), () => undefined);
  const queue = new QueueEvents(QUEUE, { connection: redis, prefix: PREFIX });
  await queue.waitUntilReady();
  return {
    queue,
    close: async () => {
      await queue.close();
      redis.disconnect();
    },
  };
}
