import { CommandError } from '@vendor-graph/cli';
import type { Cause } from '../queue/job-result.js';
import { lastResults, type LastResult } from '../queue/last-results.js';
import { withQueue } from './with-queue.js';

/** The options of `vendor-graph fleet retry`. */
export interface RetryOptions {
  all: boolean;
  cause?: Cause;
  json: boolean;
}

/** `vendor-graph fleet retry`: puts accounts whose last run failed for good back into the queue; returns the output. */
export async function retryFailed(names: readonly string[], { all, cause, json }: RetryOptions): Promise<string> {
  if (names.length === 0 && !all && cause === undefined)
    throw new CommandError('Which accounts? Name them, or use --all or --cause.');
  const retried = await withQueue(async (queue, redis) => {
    const chosen: string[] = [];
    for (const result of (await lastResults(redis)).values()) {
      if (!isChosen(result, names, cause)) continue;
      const job = await queue.getJob(result.jobId);
      if (job === undefined || (await job.getState()) !== 'failed') continue;
      await job.retry('failed', { resetAttemptsMade: true });
      chosen.push(result.account);
    }
    return chosen.sort();
  });
  if (json) return `${JSON.stringify({ retried })}\n`;
  return retried.length === 0 ? 'No account failed.\n' : retried.map((name) => `${name}: queued\n`).join('');
}

function isChosen(
  { account, status, cause }: LastResult,
  names: readonly string[],
  wanted: Cause | undefined,
): boolean {
  if (status !== 'failure') return false;
  return (names.length === 0 || names.includes(account)) && (wanted === undefined || wanted === cause);
}
