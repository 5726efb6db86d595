import { bodyFailure, bodyFailureOf, type BodyLimits } from './body-failure.js';
import type { Call } from './call.js';
import type { ClientContext } from './client-context.js';
import { decodeBody } from './decode-body.js';
import type { Exchange } from './exchange.js';
import { JsonLineSplitter, type JsonLine } from './json-lines.js';
import { performCall } from './perform-call.js';

/**
 * Sends a request and reads its answer as JSON lines. The call begins when the first line is asked for.
 *
 * @param begin makes the call
 * @throws as performCall; from the first byte of the body on BodyError | TimeoutError, or what the call was ended with
 * from outside
 */
export async function* streamLines(
  client: ClientContext,
  begin: () => Call,
  maxLineBytes: number,
): AsyncGenerator<JsonLine, void, undefined> {
  const call = begin();
  const { scope, outgoing } = call;
  const limits = { bodyMs: outgoing.timeouts.bodyMs, maxLineBytes };
  try {
    const { result: body, attempts } = await performCall(client, call, (exchange) => openLineBody(exchange, limits));
    const { exchange, rest } = body;
    let complete = false;
    try {
      const splitter = new JsonLineSplitter(maxLineBytes);
      for (let piece = body.first; piece !== undefined; piece = await nextPiece(rest)) {
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
      scope.throwIfEnded();
      const failure = bodyFailure(error, exchange, limits);
      exchange.end({ complete: false, overloaded: failure.kind === 'timeout', code: failure.code });
      const retriesExhausted = failure.kind === 'interrupted' || failure.kind === 'timeout';
      throw failure.toError({ endpoint: outgoing.endpoint, attempts, retriesExhausted, ending: '' });
    } finally {
      await rest.return();
      exchange.end({ complete, overloaded: false, ...(complete ? {} : { code: 'STOPPED' }) });
    }
  } finally {
    scope.dispose();
  }
}

const NO_CONTENT = 204;
const RESET_CONTENT = 205;

/** A body of lines whose first bytes are there. */
interface LineBody {
  readonly exchange: Exchange;
  /** Undefined: the body is empty. */
  readonly first: Buffer | undefined;
  readonly rest: AsyncGenerator<Buffer, void, undefined>;
}

/**
 * Waits for the first bytes: until then nothing has been handed out, so the request may be sent again.
 *
 * @throws AttemptFailure
 */
async function openLineBody(exchange: Exchange, limits: BodyLimits): Promise<LineBody> {
  const { headers, status } = exchange;
  if (status === NO_CONTENT || status === RESET_CONTENT) {
    // Lines were asked for: none is an empty body of a 200.
    throw bodyFailureOf('malformed', 'EMPTY_BODY', `answered ${status} without a body`, exchange);
  }
  if (!('transfer-encoding' in headers) && !('content-length' in headers)) {
    const what = 'sent lines with neither a length nor chunks, so that a cut could not be told from the end';
    throw bodyFailureOf('final', 'UNDELIMITED_BODY', what, exchange);
  }
  try {
    const rest = decodeBody(exchange.body, headers['content-encoding']);
    return { exchange, first: await nextPiece(rest), rest };
  } catch (error) {
    throw bodyFailure(error, exchange, limits);
  }
}

async function nextPiece(pieces: AsyncGenerator<Buffer, void, undefined>): Promise<Buffer | undefined> {
  const { done, value } = await pieces.next();
  return done === true ? undefined : value;
}
