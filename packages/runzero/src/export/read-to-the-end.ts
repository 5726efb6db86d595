import type { IntegrationLogger } from '@jupiterone/integration-sdk-core';
import type { Clock } from '@vendor-graph/flow-control';
import { BodyError, TimeoutError, type HttpError } from '@vendor-graph/http';

/** An export that breaks off is read again from its beginning, after these times in ms; then it is given up. */
const PAUSES_MS = [5_000, 10_000, 20_000, 40_000];

/**
 * Runs attempts to read an export until one reaches its end. Large exports do break off in practice, and there is no way
 * to go on in the middle: each attempt begins from the beginning, in an order that may be another one.
 *
 * Only breaks in mid-stream are met with a new attempt: a cut, corrupt or stalled body, and a line that is no JSON (once:
 * the same line in two attempts is what the console has). What happens before the first byte the client has retried.
 *
 * @throws the last attempt's error
 */
export async function readToTheEnd(
  attempt: () => Promise<void>,
  { clock, logger }: { clock: Clock; logger: Pick<IntegrationLogger, 'info'> },
): Promise<void> {
  const malformedLines = new Set<number>();
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (pauseMs === undefined || !hasBrokenOff(error)) throw error;
      const { code } = error;
      const lineNumber = error instanceof BodyError ? error.lineNumber : undefined;
      if (code === 'MALFORMED_LINE' && lineNumber !== undefined) {
        if (malformedLines.has(lineNumber)) throw error;
        malformedLines.add(lineNumber);
      }
      logger.info({ code, lineNumber, pauseMs }, 'An export broke off; it is read again from its beginning.');
      await clock.sleep(pauseMs);
    }
  }
}

const BROKEN_OFF = new Set(['TRUNCATED_BODY', 'CORRUPT_BODY', 'MALFORMED_LINE', 'BODY_TIMEOUT']);
/** So often the client itself tries until the first byte has come. */
const ATTEMPTS_OF_CLIENT = 5;

function hasBrokenOff(error: unknown): error is HttpError {
  return (
    (error instanceof BodyError || error instanceof TimeoutError) &&
    BROKEN_OFF.has(error.code) &&
    error.attempts < ATTEMPTS_OF_CLIENT
  );
}
