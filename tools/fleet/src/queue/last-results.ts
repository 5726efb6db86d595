import type { Redis } from 'ioredis';
import { PREFIX } from './fleet-queue.js';
import type { Cause, JobResult } from './job-result.js';

/** How an account's last run ended. */
export interface LastResult {
  account: string;
  status: JobResult['status'] | 'failure';
  /** ms since the epoch. */
  endedOn: number;
  durationMs: number;
  worker: string;
  jobId: string;
  /** Of a failure. */
  cause?: Cause;
  /** Of a failure: in words. */
  error?: string;
  /** Of a failure: whether it will be repeated by itself. */
  willRetry?: boolean;
  /** Of a run that brought something. */
  result?: JobResult;
  /** When a run last brought something; ms since the epoch. */
  lastGoodOn?: number;
}

const KEY = `${PREFIX}:last-results`;

/** Keeps an account's last result, and what is known of the last good one. */
export async function keepLastResult(redis: Redis, result: LastResult): Promise<void> {
  const before = await redis.hget(KEY, result.account);
  const lastGoodOn = result.status === 'failure' ? lastGood(before) : result.endedOn;
  await redis.hset(KEY, result.account, JSON.stringify({ ...result, ...(lastGoodOn !== undefined && { lastGoodOn }) }));
}

/** What a job brought whose worker could not tell the queue any more; undefined when it brought nothing yet. */
export async function resultOfJob(redis: Redis, account: string, jobId: string): Promise<JobResult | undefined> {
  const last = await redis.hget(KEY, account);
  if (last === null) return undefined;
  const { jobId: lastJob, result } = JSON.parse(last) as LastResult;
  return lastJob === jobId ? result : undefined;
}

/** The last result of each account that ever ran. */
export async function lastResults(redis: Redis): Promise<Map<string, LastResult>> {
  const kept = await redis.hgetall(KEY);
  return new Map(Object.entries(kept).map(([account, text]) => [account, JSON.parse(text) as LastResult]));
}

/** Forgets accounts that are no more. */
export async function forgetResults(redis: Redis, accounts: readonly string[]): Promise<void> {
  if (accounts.length > 0) await redis.hdel(KEY, ...accounts);
}

function lastGood(before: string | null): number | undefined {
  return before === null ? undefined : (JSON.parse(before) as LastResult).lastGoodOn;
}
