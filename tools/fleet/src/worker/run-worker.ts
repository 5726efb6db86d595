import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandError } from '@vendor-graph/cli';
import { durationMs } from '../accounts/duration.js';
import { LimitServer } from '../limits/limit-server.js';
import { RedisRateLimitStore } from '../limits/redis-rate-limit-store.js';
import { openQueue } from '../queue/fleet-queue.js';
import { assertRedis, impatientConnection, patientConnection, redisUrl } from '../queue/redis-connection.js';
import { startMetrics } from '../telemetry/start-metrics.js';
import { AccountsDirectory } from './accounts-directory.js';
import { commandFile } from './command-process.js';
import { FleetWorker } from './fleet-worker.js';
import { workerLog } from './worker-log.js';

/** The options of `vendor-graph fleet worker`. */
export interface WorkerOptions {
  accounts: string;
  concurrency: string;
  jobMemory: string;
  lease: string;
  drain: string;
  logFormat: 'pretty' | 'json';
}

const MIB = 1024 * 1024;
/** A command of Redis that takes longer counts as no answer. */
const LONGEST_COMMAND_MS = 2_000;

/** `vendor-graph fleet worker`: runs until it is told to end. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const concurrency = wholeNumber('--concurrency', options.concurrency);
  const memoryBytes = wholeNumber('--job-memory', options.jobMemory) * MIB;
  const leaseMs = duration('--lease', options.lease);
  const drainMs = duration('--drain', options.drain);
  const log = workerLog(options.logFormat, (line) => process.stderr.write(line));
  const accounts = new AccountsDirectory(resolve(options.accounts), (message) => {
    log('error', message);
  });
  const url = redisUrl(process.env);
  await assertRedis(url);

  const patient = patientConnection(url, (reason) => {
    log('warn', 'the connection to Redis is lost', { reason });
  });
  const impatient = impatientConnection(url, Math.min(LONGEST_COMMAND_MS, leaseMs / 4));
  const workFolder = mkdtempSync(join(tmpdir(), 'vendor-graph-fleet-'));
  const store = new RedisRateLimitStore(impatient);
  const limits = await LimitServer.start((...request) => store.reserve(...request));
  const queue = openQueue(patient);
  const metrics = await startMetrics(queue, process.env, (message) => {
    log('warn', message);
  });
  const worker = new FleetWorker({
    accounts,
    patient,
    impatient,
    run: {
      bin: commandFile(),
      cwd: process.cwd(),
      env: { ...process.env },
      workFolder,
      limitSocket: limits.socketPath,
      memoryBytes,
    },
    concurrency,
    leaseMs,
    metrics,
    log,
  });
  log('info', 'the worker is ready', { concurrency, jobMemoryMiB: memoryBytes / MIB });

  await endSignal();
  log('info', `the worker is stopping; jobs under way have ${drainMs / 1_000} s`);
  await worker.drain(drainMs);
  await metrics?.close();
  await limits.close();
  rmSync(workFolder, { recursive: true, force: true });
  await queue.close();
  patient.disconnect();
  impatient.disconnect();
  log('info', 'the worker has ended');
}

/** Resolves at the first signal to end; the second one ends the process at once. */
function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
  });
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new CommandError(`${option} must be a whole number from 1, not "${text}".`);
}

function duration(option: string, text: string): number {
  const value = durationMs(text);
  if (value === undefined) throw new CommandError(`${option} must be a time such as 30s or 5m, not "${text}".`);
  return value;
}
