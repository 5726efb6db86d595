import type { FleetQueue } from '../queue/fleet-queue.js';
import type { QueueSchedule, SchedulePlan } from './plan-schedules.js';

/** The schedules that the queue has. */
export async function queueSchedules(queue: FleetQueue): Promise<QueueSchedule[]> {
  const schedulers = await queue.getJobSchedulers(0, -1, true);
  return schedulers.map(({ key, pattern = '', tz = 'UTC', next, template }) => ({
    account: key,
    pattern,
    timeZone: tz,
    options: template?.opts ?? {},
    ...(next !== undefined && { next }),
  }));
}

/** Names of the accounts whose next run, or a run of now, is in the queue. */
export async function pendingAccounts(queue: FleetQueue): Promise<Set<string>> {
  const jobs = await queue.getJobs(['delayed', 'prioritized', 'waiting', 'active']);
  return new Set(jobs.flatMap((job) => (job.repeatJobKey === undefined ? [] : [job.repeatJobKey])));
}

/** Makes the queue's schedules those of the plan. */
export async function applyPlan(queue: FleetQueue, plan: SchedulePlan): Promise<void> {
  for (const account of plan.remove) await queue.removeJobScheduler(account);
  for (const { account, pattern, timeZone, options } of [...plan.create, ...plan.update, ...plan.repair])
    await queue.upsertJobScheduler(
      account,
      { pattern, tz: timeZone },
      { name: account, data: { account }, opts: options },
    );
}
