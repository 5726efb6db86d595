import { CommandError } from '../command-error.js';
import { simulateHint } from './prepare-vendor.js';

/**
 * A failure in words for the user. Errors of packages are told by their properties, not by their class: a package can
 * bring its own copy of the SDK.
 *
 * @param vendor name of the vendor as far as it is known.
 */
export function describeFailure(error: unknown, vendor: string): string {
  if (error instanceof CommandError) return error.message;
  if (!(error instanceof Error)) return `${vendor}: something that is not an error was thrown.`;
  const lines = [error.message.startsWith(`${vendor}:`) ? error.message : `${vendor}: ${error.message}`];
  if (lacksValues(error)) lines.push(simulateHint(vendor));
  if (!('code' in error)) lines[0] = `${vendor}: unexpected ${error.name}: ${error.message}`;
  return lines.join('\n');
}

/** What kind of failure it is, for programs. */
export function failureCode(error: unknown): string {
  if (error instanceof CommandError) return 'CONFIGURATION';
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNEXPECTED';
}

/** A step's failure, on one line of a table. */
export function describeStepFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown';
  return 'code' in error ? error.message : `unexpected ${error.name}: ${error.message}`;
}

function lacksValues(error: Error): boolean {
  return (
    'problems' in error &&
    Array.isArray(error.problems) &&
    error.problems.some((problem: unknown) => (problem as { missing?: unknown }).missing === true)
  );
}
