import type { JobsOptions } from 'bullmq';
import type { Account } from '../accounts/account.js';
import { scheduledAccounts, schedulePattern } from '../accounts/schedule.js';
import { jobOptions } from '../queue/fleet-queue.js';

/** A schedule as the queue has it, or should have it. */
export interface QueueSchedule {
  account: string;
  pattern: string;
  timeZone: string;
  options: JobsOptions;
  /** When it runs next, ms since the epoch; of those in the queue. */
  next?: number;
}

/** What `fleet apply` changes. */
export interface SchedulePlan {
  create: readonly QueueSchedule[];
  update: readonly QueueSchedule[];
  /** Schedules whose next run was lost: as they are, once more. */
  repair: readonly QueueSchedule[];
  /** Names of accounts. */
  remove: readonly string[];
  unchanged: number;
}

/** A run that should have begun so long ago, and is not in the queue, was lost. */
const OVERDUE_MS = 60_000;

/**
 * Compares the schedules of an accounts file with those of the queue.
 *
 * @param isPending whether the next run of a schedule is in the queue.
 * @param now ms since the epoch.
 */
export function planSchedules(
  accounts: readonly Account[],
  present: readonly QueueSchedule[],
  isPending: (schedule: QueueSchedule) => boolean,
  now: number,
): SchedulePlan {
  const wanted = wantedSchedules(accounts);
  const byAccount = new Map(present.map((schedule) => [schedule.account, schedule]));
  const names = new Set(wanted.map(({ account }) => account));
  const create: QueueSchedule[] = [];
  const update: QueueSchedule[] = [];
  const repair: QueueSchedule[] = [];
  for (const schedule of wanted) {
    const existing = byAccount.get(schedule.account);
    if (existing === undefined) create.push(schedule);
    else if (digest(existing) !== digest(schedule)) update.push(schedule);
    else if ((existing.next ?? now) < now - OVERDUE_MS && !isPending(existing)) repair.push(schedule);
  }
  return {
    create,
    update,
    repair,
    remove: present.map(({ account }) => account).filter((name) => !names.has(name)),
    unchanged: wanted.length - create.length - update.length - repair.length,
  };
}

function wantedSchedules(accounts: readonly Account[]): QueueSchedule[] {
  return scheduledAccounts(accounts).map((account) => ({
    account: account.name,
    pattern: schedulePattern(account.name, account.schedule),
    timeZone: account.schedule.timeZone,
    options: jobOptions(account),
  }));
}

function digest({ pattern, timeZone, options }: QueueSchedule): string {
  const { priority, attempts, backoff } = options;
  const { delay, jitter } = typeof backoff === 'object' ? backoff : {};
  return JSON.stringify([pattern, timeZone, priority, attempts, delay, jitter]);
}
