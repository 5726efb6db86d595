import type { RunStatus } from '../collect/run-status.js';

/** How a step's status, as the SDK says it, is shown. */
const STEP_STATUS: Readonly<Record<string, string>> = Object.freeze({
  success: 'done',
  failure: 'FAILED',
  partial_success_due_to_dependency_failure: 'incomplete',
  disabled: 'off',
  interrupted: 'interrupted',
});

const RUN_STATUS: Readonly<Record<RunStatus, string>> = Object.freeze({
  success: 'collected',
  partial: 'collected in part',
  failure: 'not collected',
  interrupted: 'interrupted',
});

/** A run's status in words. */
export function runStatus(status: RunStatus): string {
  return RUN_STATUS[status];
}

/** A step's status in words. */
export function stepStatus(status: string): string {
  return STEP_STATUS[status] ?? status;
}
