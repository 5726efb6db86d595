import { AttemptFailure } from './attempt-failure.js';
import { connectionFailure } from './connection-failure.js';
import { ConnectionError } from './errors/connection-error.js';
import { TimeoutError } from './errors/timeout-error.js';
import type { Timeouts } from './timeouts.js';

/** No headers came within the time limit. */
export class HeadersTimeout extends Error {}

/** The failure of an attempt whose answer has not begun. */
export function noAnswer(error: unknown, timeouts: Timeouts): AttemptFailure {
  return error instanceof HeadersTimeout ? headersTimeout(timeouts) : noConnection(error, timeouts);
}

function headersTimeout(timeouts: Timeouts): AttemptFailure {
  const code = 'HEADERS_TIMEOUT';
  return new AttemptFailure('timeout', code, ({ endpoint, attempts, retriesExhausted, ending }) => {
    const message = `${endpoint} did not begin to answer within ${timeouts.headersMs} ms${ending}`;
    return new TimeoutError(message, { code, endpoint, attempts, retriesExhausted });
  });
}

function noConnection(error: unknown, timeouts: Timeouts): AttemptFailure {
  const { kind, code, reason } = connectionFailure(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new AttemptFailure(kind, 'CONNECT_TIMEOUT', ({ endpoint, attempts, retriesExhausted, ending }) => {
      const message = `${endpoint}: no connection within ${timeouts.connectMs} ms${ending}`;
      return new TimeoutError(message, { code: 'CONNECT_TIMEOUT', endpoint, attempts, retriesExhausted });
    });
  }
  return new AttemptFailure(kind, code, ({ endpoint, attempts, retriesExhausted, ending }) => {
    const message = `${endpoint} could not be reached: ${reason} (${code})${ending}`;
    return new ConnectionError(message, { code, endpoint, attempts, retriesExhausted });
  });
}
