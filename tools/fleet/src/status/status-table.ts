import Table from 'cli-table3';
import type { AccountStatus, FleetStatus } from './fleet-status.js';

/** The state of the fleet, for people. */
export function statusTable({ workers, queue, failures, accounts }: FleetStatus): string {
  const table = new Table({
    head: ['account', 'state', 'last run', 'result', 'took', 'partial data sets', 'next run'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  table.push(...accounts.map(row));
  const jobs = Object.entries(queue).map(([state, count]) => `${count} ${state}`);
  const lines = [table.toString(), `Workers: ${workers}. Jobs: ${jobs.join(', ')}.`];
  const causes = Object.entries(failures).map(([cause, count]) => `${cause} ${count}`);
  if (causes.length > 0) lines.push(`Failures: ${causes.join(', ')}.`);
  for (const { account, last } of accounts) if (last?.error !== undefined) lines.push(`${account}: ${last.error}`);
  return `${lines.join('\n')}\n`;
}

function row({ account, state, last, nextRun }: AccountStatus): string[] {
  return [
    account,
    state,
    shortTime(last?.endedOn),
    last === undefined ? 'never' : result(last),
    last === undefined ? '' : `${(last.durationMs / 1_000).toFixed(1)} s`,
    (last?.result?.partialTypes ?? []).join(', '),
    shortTime(nextRun),
  ];
}

function result({ status, cause, willRetry }: NonNullable<AccountStatus['last']>): string {
  if (cause === undefined) return status;
  return `${status}: ${cause}${willRetry === true ? ', repeated' : ''}`;
}

function shortTime(iso: string | undefined): string {
  return iso === undefined ? '' : iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}
