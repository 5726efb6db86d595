import { Queue, type JobsOptions, type QueueOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Account } from '../accounts/account.js';
import { nextRun } from '../accounts/schedule.js';
import type { JobResult } from './job-result.js';

/** All keys of the fleet in Redis begin with this. */
export const PREFIX = 'vendor-graph';
/** Name of the queue. */
export const QUEUE = 'fleet';

/** What a job holds: the account's name. The worker knows the rest, above all the secrets. */
export interface JobData {
  account: string;
}

/** The queue of the fleet. */
export type FleetQueue = Queue<JobData, JobResult>;

const DAY_S = 86_400;
/** Of each kind that many jobs are kept to look at; what an account did last is kept apart from them. */
const KEPT_JOBS = 10_000;

/** What producers and workers must agree on. */
export function queueOptions(connection: Redis): QueueOptions & { prefix: string } {
  return {
    connection,
    prefix: PREFIX,
    settings: {
      repeatStrategy: (millis, { pattern, tz }) => (pattern === undefined ? undefined : nextRun(pattern, tz, millis)),
    },
  };
}

/** Opens the queue. */
export function openQueue(connection: Redis): FleetQueue {
  return new Queue<JobData, JobResult>(QUEUE, queueOptions(connection));
}

/** How an account's jobs are run. */
export function jobOptions({ priority, retry }: Account): JobsOptions {
  return {
    priority,
    attempts: retry.attempts,
    backoff: { type: 'exponential', delay: retry.delayMs, jitter: 0.5 },
    removeOnComplete: { age: 7 * DAY_S, count: KEPT_JOBS },
    removeOnFail: { age: 30 * DAY_S, count: KEPT_JOBS },
  };
}
