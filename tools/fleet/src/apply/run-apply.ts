import { resolve } from 'node:path';
import { readAccounts } from '../accounts/read-accounts.js';
import { AccountsFileError } from '../accounts/accounts-file-error.js';
import { withQueue } from '../commands/with-queue.js';
import { forgetResults, lastResults } from '../queue/last-results.js';
import { vendorProblems } from './check-vendors.js';
import { planSchedules, type QueueSchedule, type SchedulePlan } from './plan-schedules.js';
import { applyPlan, pendingAccounts, queueSchedules } from './queue-schedules.js';

/** The options of `vendor-graph fleet apply`. */
export interface ApplyOptions {
  accounts: string;
  dryRun: boolean;
  json: boolean;
}

/** `vendor-graph fleet apply`: returns what to write to stdout. */
export async function runApply({ accounts: path, dryRun, json }: ApplyOptions): Promise<string> {
  const accounts = readAccounts(path);
  const problems = await vendorProblems(accounts, process.cwd());
  if (problems.length > 0)
    throw new AccountsFileError(
      resolve(path),
      problems.map((message) => ({ message })),
    );

  const plan = await withQueue(async (queue, redis) => {
    const pending = await pendingAccounts(queue);
    const changes = planSchedules(
      accounts,
      await queueSchedules(queue),
      ({ account }) => pending.has(account),
      Date.now(),
    );
    if (!dryRun) {
      await applyPlan(queue, changes);
      const names = new Set(accounts.map(({ name }) => name));
      await forgetResults(
        redis,
        [...(await lastResults(redis)).keys()].filter((name) => !names.has(name)),
      );
    }
    return changes;
  });
  return json ? `${JSON.stringify({ dryRun, ...documentOf(plan) })}\n` : inWords(plan, dryRun);
}

function documentOf({ create, update, repair, remove, unchanged }: SchedulePlan): object {
  const schedule = ({ account, pattern, timeZone }: QueueSchedule): object => ({ account, pattern, timeZone });
  return {
    create: create.map(schedule),
    update: update.map(schedule),
    repair: repair.map(schedule),
    remove,
    unchanged,
  };
}

function inWords({ create, update, repair, remove, unchanged }: SchedulePlan, dryRun: boolean): string {
  const line = (sign: string, { account, pattern, timeZone }: QueueSchedule): string =>
    `${sign} ${account}: ${pattern} (${timeZone})`;
  const lines = [
    ...create.map((schedule) => line('+', schedule)),
    ...update.map((schedule) => line('~', schedule)),
    ...repair.map((schedule) => line('!', schedule)),
    ...remove.map((account) => `- ${account}`),
  ];
  const counts = `${create.length} new, ${update.length} changed, ${repair.length} repaired, ${remove.length} removed, ${unchanged} as before`;
  return `${[...lines, dryRun ? `Nothing was changed. It would be: ${counts}.` : `Schedules: ${counts}.`].join('\n')}\n`;
}
