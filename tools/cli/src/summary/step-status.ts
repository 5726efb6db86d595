/** How a step's status, as the SDK says it, is shown. */
const STEP_STATUS: Readonly<Record<string, string>> = Object.freeze({
  success: 'done',
  failure: 'FAILED',
  partial_success_due_to_dependency_failure: 'incomplete',
  disabled: 'off',
  interrupted: 'interrupted',
});

/** A step's status in words. */
export function stepStatus(status: string): string {
  return STEP_STATUS[status] ?? status;
}
