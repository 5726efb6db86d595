import type { RunStatus } from '../collect/run-status.js';

/** `unknown`: it could not be found out, e.g. because something before it failed. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'off' | 'unknown';

/** One thing that was checked. */
export interface CheckResult {
  /** `configuration`, `credentials`, `step fetch-users`, … */
  check: string;
  status: CheckStatus;
  detail: string;
}

/** What `check --json` writes for one vendor. */
export interface CheckReport {
  package: string;
  status: Extract<RunStatus, 'success' | 'failure' | 'interrupted'>;
  simulated: boolean;
  durationMs: number;
  checks: CheckResult[];
  http: { requests: number };
}

/** Whether everything that was checked is in order. */
export function isInOrder(checks: readonly CheckResult[]): boolean {
  return checks.every(({ status }) => status !== 'failed');
}
