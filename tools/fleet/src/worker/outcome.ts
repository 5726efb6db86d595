import type { CollectReport, SyncReport } from '@vendor-graph/cli';
import type { Cause } from '../queue/job-result.js';
import type { CommandEnd } from './command-process.js';
import { JobFailure, JobStopped } from './job-failure.js';

/** Exit codes of the command. */
const DONE = 0;
const PARTIAL = 2;
const INTERRUPTED = 130;

/** What is behind the code of a collection that brought nothing, and whether a repetition can help. */
const COLLECT_CAUSES: Readonly<Record<string, { cause: Cause; isPassing: boolean }>> = {
  CONFIGURATION: { cause: 'configuration', isPassing: false },
  CONFIG_LOAD_ERROR: { cause: 'configuration', isPassing: false },
  CONFIG_VALIDATION_ERROR: { cause: 'configuration', isPassing: false },
  PROVIDER_AUTHENTICATION_ERROR: { cause: 'credentials', isPassing: false },
  PROVIDER_AUTHORIZATION_ERROR: { cause: 'credentials', isPassing: false },
  PROVIDER_API_ERROR: { cause: 'network', isPassing: true },
  PROVIDER_RETRIES_EXCEEDED_ERROR: { cause: 'network', isPassing: true },
};
const MIB = 1024 * 1024;

/**
 * The report of a `collect` that brought something, completely or in part.
 *
 * @throws JobFailure, JobStopped
 */
export function collected(end: CommandEnd): CollectReport {
  const report = reportOf('collect', end) as CollectReport;
  if (end.code === DONE || end.code === PARTIAL) return report;
  const { cause, isPassing } = COLLECT_CAUSES[report.errorCode ?? ''] ?? { cause: 'crash', isPassing: true };
  throw new JobFailure(report.error ?? 'collect brought nothing and did not say why', cause, isPassing);
}

/**
 * The report of a `sync` that was finalized.
 *
 * @throws JobFailure, JobStopped
 */
export function uploaded(end: CommandEnd): SyncReport {
  const report = reportOf('sync', end) as SyncReport;
  if (end.code === DONE) return report;
  const message = report.error ?? 'sync uploaded nothing and did not say why';
  if (end.code === PARTIAL) throw new JobFailure(message, 'upload', true);
  if (report.errorCode === 'UNREACHABLE') throw new JobFailure(message, 'network', true);
  throw new JobFailure(message, report.errorCode === 'REFUSED' ? 'credentials' : 'configuration', false);
}

function reportOf(command: string, { code, signal, stdout, memoryExceeded }: CommandEnd): unknown {
  if (memoryExceeded !== undefined)
    throw new JobFailure(
      `${command} used ${Math.round(memoryExceeded / MIB)} MiB, more than a job may: raise --job-memory.`,
      'memory',
      false,
    );
  if (signal === 'SIGABRT' || code === 134)
    throw new JobFailure(`${command} ran out of memory: raise --job-memory.`, 'memory', false);
  if (code === INTERRUPTED) throw new JobStopped(`${command} was interrupted`);
  const how = signal ?? `exit code ${code ?? 'unknown'}`;
  try {
    return JSON.parse(stdout) as unknown;
  } catch {
    // Exit code 1 without a report: the command refused its arguments or the surroundings, and said so in the log.
    if (code === 1) throw new JobFailure(`${command} refused to run; its log says why.`, 'configuration', false);
    throw new JobFailure(`The process of ${command} ended without a report (${how}).`, 'crash', true);
  }
}
