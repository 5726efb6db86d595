import { AttemptFailure, type FailureKind, type Outcome } from './attempt-failure.js';
import { IdleTimeout } from './body-source.js';
import { faultCode } from './connection-failure.js';
import { NothingToDecode, UnknownEncoding } from './decode-body.js';
import { BodyError, type BodyErrorCode } from './errors/body-error.js';
import { TimeoutError } from './errors/timeout-error.js';
import type { Exchange } from './exchange.js';
import { LineFault } from './json-lines.js';
import { BodyTooLarge } from './read-body.js';

/** Limits that a message names. */
export interface BodyLimits {
  readonly bodyMs: number;
  readonly maxBodyBytes?: number;
  readonly maxLineBytes?: number;
}

/** Turns what went wrong while a body was read into the failure of the attempt. */
export function bodyFailure(error: unknown, exchange: Exchange, limits: BodyLimits): AttemptFailure {
  if (error instanceof IdleTimeout) return stalled(exchange, limits);
  if (error instanceof LineFault) return lineFailure(error, exchange, limits);
  const read = `after ${exchange.body.bytes} bytes`;
  if (error instanceof BodyTooLarge) {
    const what = `sent a body larger than the limit of ${String(limits.maxBodyBytes)} bytes`;
    return bodyFailureOf('final', 'BODY_TOO_LARGE', what, exchange);
  }
  if (error instanceof UnknownEncoding) {
    const what = `sent a body in a content encoding that was not asked for`;
    return bodyFailureOf('final', 'UNKNOWN_ENCODING', what, exchange);
  }
  const code = faultCode(error);
  if (code === 'Z_BUF_ERROR' || error instanceof NothingToDecode) {
    const what = `sent a compressed body that ends too early (${read})`;
    return bodyFailureOf('interrupted', 'TRUNCATED_BODY', what, exchange);
  }
  // zlib's codes, brotli's, and Node's own for what follows the end mark.
  if (/^(?:Z_|ERR_BROTLI|ERR__|ERR_TRAILING_JUNK|ERR_ZLIB|BROTLI_)/.test(code)) {
    return bodyFailureOf(
      'interrupted',
      'CORRUPT_BODY',
      `sent a compressed body with a fault in it (${code})`,
      exchange,
    );
  }
  return bodyFailureOf('interrupted', 'TRUNCATED_BODY', `broke off its answer ${read} (${code})`, exchange);
}

/** A body that came in whole but is not what was due. */
export function bodyFailureOf(
  kind: FailureKind,
  code: BodyErrorCode,
  what: string,
  exchange: Pick<Exchange, 'status'>,
  position: { readonly lineNumber?: number; readonly byteOffset?: number } = {},
): AttemptFailure {
  const { status } = exchange;
  const toError = ({ endpoint, attempts, retriesExhausted, ending }: Outcome): BodyError =>
    new BodyError(`${endpoint} ${what}${ending}`, { code, endpoint, attempts, retriesExhausted, status, ...position });
  return new AttemptFailure(kind, code, toError, status);
}

function stalled(exchange: Exchange, { bodyMs }: BodyLimits): AttemptFailure {
  const code = 'BODY_TIMEOUT';
  const { status } = exchange;
  const read = exchange.body.bytes;
  return new AttemptFailure(
    'timeout',
    code,
    ({ endpoint, attempts, retriesExhausted, ending }) => {
      const message = `${endpoint} sent nothing for ${bodyMs} ms after ${read} bytes of its answer${ending}`;
      return new TimeoutError(message, { code, endpoint, attempts, retriesExhausted, status });
    },
    status,
  );
}

function lineFailure(
  { fault, lineNumber, byteOffset }: LineFault,
  exchange: Exchange,
  limits: BodyLimits,
): AttemptFailure {
  const where = `line ${lineNumber} (at byte ${byteOffset})`;
  const position = { lineNumber, byteOffset };
  switch (fault) {
    case 'malformed':
      return bodyFailureOf('malformed', 'MALFORMED_LINE', `sent a ${where} that is not JSON`, exchange, position);
    case 'unfinished':
      return bodyFailureOf('interrupted', 'TRUNCATED_BODY', `ended within ${where}`, exchange, position);
    case 'too-long': {
      const what = `sent a ${where} longer than the limit of ${String(limits.maxLineBytes)} bytes`;
      return bodyFailureOf('final', 'LINE_TOO_LONG', what, exchange, position);
    }
  }
}
