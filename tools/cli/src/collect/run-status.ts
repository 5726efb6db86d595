/** How a run ended. */
export type RunStatus = 'success' | 'partial' | 'failure' | 'interrupted';

/** The exit code of the command for each status. */
export const EXIT_CODES: Readonly<Record<RunStatus, number>> = Object.freeze({
  /** Everything done. */
  success: 0,
  /** Configuration or credentials wrong: nothing was collected. */
  failure: 1,
  /** Some steps failed: what was collected is on disk, the summary names the partial data sets. */
  partial: 2,
  interrupted: 130,
});

/** The worst first. */
const ORDER: readonly RunStatus[] = ['interrupted', 'failure', 'partial', 'success'];

/** The status of several runs together. */
export function worstStatus(statuses: readonly RunStatus[]): RunStatus {
  return ORDER.find((status) => statuses.includes(status)) ?? 'success';
}

/** The exit code of a status; partial results are fine for those who said so. */
export function exitCode(status: RunStatus, options: { allowPartial?: boolean } = {}): number {
  return status === 'partial' && options.allowPartial === true ? EXIT_CODES.success : EXIT_CODES[status];
}
