import { hostname } from 'node:os';
import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { PREFIX, QUEUE, queueOptions, type JobData } from '../queue/fleet-queue.js';
import type { JobResult } from '../queue/job-result.js';
import { keepLastResult, resultOfJob, type LastResult } from '../queue/last-results.js';
import type { FleetMetrics } from '../telemetry/fleet-metrics.js';
import { AccountLease } from './account-lease.js';
import type { AccountsDirectory } from './accounts-directory.js';
import { JobFailure, JobStopped } from './job-failure.js';
import { runAccount, type RunSurroundings } from './run-account.js';
import type { WorkerLog } from './worker-log.js';

/** What a worker works with. */
export interface WorkerParts {
  accounts: AccountsDirectory;
  /** For the queue. */
  patient: Redis;
  /** For leases. */
  impatient: Redis;
  run: Omit<RunSurroundings, 'signal' | 'onLine'>;
  concurrency: number;
  /** How long a worker that falls silent keeps its jobs, in ms. */
  leaseMs: number;
  metrics: FleetMetrics | undefined;
  log: WorkerLog;
}

/** A job that loses its worker over and over is not the worker's fault. */
const MOST_TAKEOVERS = 10;
/** A job of an account that another one has is looked at again after that, on top of the other one's lease. */
const LEASE_GRACE_MS = 200;

/** Takes jobs from the queue and runs each account in processes of its own. */
export class FleetWorker {
  readonly #parts: WorkerParts;
  readonly #stop = new AbortController();
  readonly #worker: Worker<JobData, JobResult>;
  readonly #name = `${hostname()}/${process.pid}`;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { patient, concurrency, leaseMs, log } = parts;
    this.#worker = new Worker<JobData, JobResult>(QUEUE, (job, token) => this.#process(job, token), {
      ...queueOptions(patient),
      prefix: PREFIX,
      name: this.#name.replaceAll(':', '-'),
      concurrency,
      lockDuration: leaseMs,
      stalledInterval: leaseMs / 2,
      maxStalledCount: MOST_TAKEOVERS,
    });
    this.#worker.on('stalled', (jobId) => {
      log('warn', 'a job whose worker fell silent goes back to the queue', { job: jobId });
    });
    this.#worker.on('error', (error) => {
      // Lost connections are told where they are made; a lock that was lost shows as a lost lease.
      if (!('code' in error)) log('warn', `queue: ${error.message}`);
    });
  }

  /** Takes no more jobs, and waits for those under way; after so many ms they are stopped and go back to the queue. */
  async drain(ms: number): Promise<void> {
    const impatience = setTimeout(() => {
      this.#stop.abort(new Error('the worker is stopping'));
    }, ms);
    await this.#worker.close();
    clearTimeout(impatience);
  }

  async #process(job: Job<JobData, JobResult>, token: string | undefined): Promise<JobResult> {
    const { impatient, leaseMs, log } = this.#parts;
    const name = job.data.account;
    const lease = await AccountLease.take(impatient, name, leaseMs);
    if (typeof lease === 'number') return this.#later(job, token, lease + LEASE_GRACE_MS);
    try {
      return await this.#run(job, lease);
    } catch (error) {
      if (!(error instanceof JobStopped)) throw error;
      log('warn', `ends: stopped: ${error.message}; the job goes back to the queue`, { account: name, job: job.id });
      return await this.#later(job, token, 0);
    } finally {
      await lease.release();
    }
  }

  async #run(job: Job<JobData, JobResult>, lease: AccountLease): Promise<JobResult> {
    const { accounts, run, metrics, log, patient } = this.#parts;
    const { account: name } = job.data;
    const done = await resultOfJob(patient, name, job.id ?? '');
    if (done !== undefined) {
      log('info', 'is done: its worker could not tell the queue', { account: name, job: job.id });
      return done;
    }
    const account = accounts.find(name);
    const startedAt = performance.now();
    log('info', 'begins', { account: name, job: job.id, attempt: job.attemptsMade + 1 });
    const outcome = (): Pick<LastResult, 'account' | 'endedOn' | 'durationMs' | 'worker' | 'jobId'> => ({
      account: name,
      endedOn: Date.now(),
      durationMs: Math.round(performance.now() - startedAt),
      worker: this.#name,
      jobId: job.id ?? '',
    });
    try {
      if (account === undefined)
        throw new JobFailure("the account is not in this worker's accounts file", 'configuration', true);
      const result = await runAccount(account, lease, {
        ...run,
        signal: this.#stop.signal,
        onLine: (line) => {
          log('info', line, { account: name });
        },
      });
      await keepLastResult(patient, { ...outcome(), status: result.status, result });
      const { durationMs } = outcome();
      metrics?.ended(result.vendor, result.status, undefined, durationMs);
      log(result.status === 'success' ? 'info' : 'warn', `ends: ${result.status}`, { account: name, durationMs });
      return result;
    } catch (error) {
      if (!(error instanceof JobFailure)) throw error;
      const willRetry = error.isPassing && job.attemptsMade + 1 < (job.opts.attempts ?? 1);
      const failure = { status: 'failure', cause: error.why, error: error.message, willRetry } as const;
      // Of an account that was removed while it waited for its turn, nothing is kept that nobody would take away.
      if (account !== undefined) await keepLastResult(patient, { ...outcome(), ...failure });
      metrics?.ended(account?.vendor ?? 'unknown', 'failure', error.why, outcome().durationMs);
      log('error', `ends: failure: ${error.message}`, { account: name, cause: error.why, willRetry });
      const message = `${error.why}: ${error.message}`;
      throw error.isPassing ? new Error(message) : new UnrecoverableError(message);
    }
  }

  /** Puts a job back. Whoever has the job meanwhile keeps it. */
  async #later(job: Job<JobData, JobResult>, token: string | undefined, ms: number): Promise<never> {
    await job.moveToDelayed(Date.now() + ms, token).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown error';
      this.#parts.log('warn', `another worker has the job: ${reason}`, { account: job.data.account });
    });
    throw new DelayedError();
  }
}
