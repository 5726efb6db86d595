import type { Cause } from '../queue/job-result.js';
import type { FleetQueue } from '../queue/fleet-queue.js';
import type { LastResult } from '../queue/last-results.js';
import { queueSchedules } from '../apply/queue-schedules.js';

/** What is known of one account. */
export interface AccountStatus {
  account: string;
  /** Now: `running`, or waiting for a worker, or for its time. */
  state: 'running' | 'queued' | 'idle';
  /** When it runs next, ISO 8601; absent without a schedule. */
  nextRun?: string;
  last?: Omit<LastResult, 'endedOn' | 'lastGoodOn'> & { endedOn: string; lastGoodOn?: string };
}

/** What `fleet status --json` writes. Its form is a contract: programs read it. */
export interface FleetStatus {
  workers: number;
  queue: Readonly<Record<string, number>>;
  /** Accounts whose last run failed, by cause. */
  failures: Readonly<Partial<Record<Cause, number>>>;
  accounts: readonly AccountStatus[];
}

const STATES = ['active', 'prioritized', 'waiting', 'delayed', 'failed'] as const;

/** Reads the state of the fleet from the queue. */
export async function fleetStatus(queue: FleetQueue, results: ReadonlyMap<string, LastResult>): Promise<FleetStatus> {
  const [counts, workers, schedules, active, waiting] = await Promise.all([
    queue.getJobCounts(...STATES),
    queue.getWorkersCount(),
    queueSchedules(queue),
    queue.getJobs('active'),
    queue.getJobs(['prioritized', 'waiting']),
  ]);
  const running = new Set(active.map((job) => job.data.account));
  const queued = new Set(waiting.map((job) => job.data.account));
  const next = new Map(schedules.map((schedule) => [schedule.account, schedule.next]));
  const names = [...new Set([...next.keys(), ...results.keys(), ...running, ...queued])].sort();
  const failures: Partial<Record<Cause, number>> = {};
  for (const { cause } of results.values()) if (cause !== undefined) failures[cause] = (failures[cause] ?? 0) + 1;
  return {
    workers,
    queue: counts,
    failures,
    accounts: names.map((account) => {
      const nextRun = next.get(account);
      const last = results.get(account);
      return {
        account,
        state: running.has(account) ? 'running' : queued.has(account) ? 'queued' : 'idle',
        ...(nextRun !== undefined && { nextRun: isoTime(nextRun) }),
        ...(last !== undefined && { last: lastOf(last) }),
      };
    }),
  };
}

function lastOf({ endedOn, lastGoodOn, ...others }: LastResult): AccountStatus['last'] {
  return {
    ...others,
    endedOn: isoTime(endedOn),
    ...(lastGoodOn !== undefined && { lastGoodOn: isoTime(lastGoodOn) }),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
