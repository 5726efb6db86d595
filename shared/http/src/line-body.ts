import { bodyFailure, bodyFailureOf } from './body-failure.js';
import type { Call } from './call.js';
import { decodeBody } from './decode-body.js';
import type { Exchange } from './exchange.js';
import { JsonLineSplitter, type JsonLine } from './json-lines.js';

/** A body of lines whose first bytes are there. */
export interface LineBody {
  readonly exchange: Exchange;
  /** Undefined: the body is empty. */
  readonly first: Buffer | undefined;
  readonly rest: AsyncGenerator<Buffer, void, undefined>;
}

/**
 * Waits for the first bytes: until then nothing has been handed out, so the request may be sent again.
 *
 * @throws AttemptFailure (from the returned function)
 */
export function openLineBody(bodyMs: number): (exchange: Exchange) => Promise<LineBody> {
  return async (exchange) => {
    const { headers } = exchange;
    if (!['transfer-encoding', 'content-length', 'content-encoding'].some((name) => name in headers)) {
      const what = 'sent lines with neither a length nor chunks, so that a cut could not be told from the end';
      throw bodyFailureOf('final', 'UNDELIMITED_BODY', what, exchange);
    }
    try {
      const rest = decodeBody(exchange.body, headers['content-encoding']);
      return { exchange, first: await nextPiece(rest), rest };
    } catch (error) {
      throw bodyFailure(error, exchange, { bodyMs });
    }
  };
}

/**
 * The lines of an opened body. Ends its exchange, also when the consumer stops early.
 *
 * @throws BodyError | TimeoutError, or what the call was ended with from outside
 */
export async function* readLines(
  { exchange, first, rest }: LineBody,
  { outgoing, scope }: Call,
  attempts: number,
  maxLineBytes: number,
): AsyncGenerator<JsonLine, void, undefined> {
  let complete = false;
  try {
    const splitter = new JsonLineSplitter(maxLineBytes);
    for (let piece = first; piece !== undefined; piece = await nextPiece(rest)) {
      // Not yield*: in an asynchronous generator it waits once more for each line.
      for (const line of splitter.push(piece)) {
        yield line;
        // The call may have been ended while the consumer had the line.
        scope.signal.throwIfAborted();
      }
    }
    const last = splitter.end();
    if (last !== undefined) yield last;
    complete = true;
  } catch (error) {
    scope.throwIfEnded(attempts);
    const failure = bodyFailure(error, exchange, { bodyMs: outgoing.timeouts.bodyMs, maxLineBytes });
    exchange.end({ complete: false, overloaded: failure.kind === 'timeout', code: failure.code });
    const retriesExhausted = failure.kind === 'interrupted' || failure.kind === 'timeout';
    throw failure.toError({ endpoint: outgoing.endpoint, attempts, retriesExhausted, ending: '' });
  } finally {
    await rest.return();
    exchange.end({ complete, overloaded: false, ...(complete ? {} : { code: 'STOPPED' }) });
  }
}

async function nextPiece(pieces: AsyncGenerator<Buffer, void, undefined>): Promise<Buffer | undefined> {
  const { done, value } = await pieces.next();
  return done === true ? undefined : value;
}
