import { createHash } from 'node:crypto';
import { CronExpressionParser } from 'cron-parser';
import type { Account, Schedule } from './account.js';

/** A cron pattern and by how much each of its times is moved: `0 2 * * * +417s`. */
const PATTERN = /^(?<cron>.*?)(?: \+(?<seconds>\d+)s)?$/;

/**
 * The pattern of an account's schedule, for the queue: the cron pattern, moved within the spread by an amount that depends
 * on nothing but the account's name, so that it is the same each time.
 */
export function schedulePattern(name: string, { cron, spreadMs }: Schedule): string {
  const seconds = Math.floor(spreadMs / 1_000);
  if (seconds === 0) return cron;
  const hash = createHash('sha256').update(name).digest().readUInt32BE();
  return `${cron} +${hash % seconds}s`;
}

/** What is wrong with a schedule, in words; undefined when nothing is. */
export function scheduleProblem({ cron, timeZone }: Schedule): string | undefined {
  if (!isTimeZone(timeZone))
    return `there is no time zone "${timeZone}"; an IANA name is needed, such as Europe/Berlin`;
  if (cron.includes('+')) return `the cron pattern "${cron}" is wrong: "+" has no meaning`;
  try {
    CronExpressionParser.parse(cron, { tz: timeZone }).next();
    return undefined;
  } catch (error) {
    return `the cron pattern "${cron}" is wrong: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
}

/**
 * The first time of a schedule's pattern after a moment.
 *
 * @param after ms since the epoch.
 * @returns ms since the epoch.
 */
export function nextRun(pattern: string, timeZone: string | undefined, after: number): number {
  const { cron = pattern, seconds = '0' } = PATTERN.exec(pattern)?.groups ?? {};
  const moved = Number(seconds) * 1_000;
  const times = CronExpressionParser.parse(cron, { tz: timeZone ?? 'UTC', currentDate: new Date(after - moved) });
  return times.next().getTime() + moved;
}

/** The accounts that have a schedule. */
export function scheduledAccounts(accounts: readonly Account[]): (Account & { schedule: Schedule })[] {
  return accounts.flatMap((account) =>
    account.schedule === undefined ? [] : [{ ...account, schedule: account.schedule }],
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
