import { bodyFailure, bodyFailureOf } from './body-failure.js';
import { bodyText } from './body-text.js';
import type { Call } from './call.js';
import type { ClientContext } from './client-context.js';
import type { JsonAnswer } from './client-options.js';
import type { Exchange } from './exchange.js';
import { readBody } from './read-body.js';

/**
 * Reads an answer to its end and decodes its JSON.
 *
 * @throws AttemptFailure
 */
export async function takeJson(
  client: ClientContext,
  { outgoing, accept }: Call,
  exchange: Exchange,
  maxBodyBytes: number,
): Promise<JsonAnswer> {
  const { status, headers, request } = exchange;
  let bytes: Buffer;
  try {
    bytes = await readBody(exchange, maxBodyBytes);
  } catch (error) {
    throw bodyFailure(error, exchange, { bodyMs: outgoing.timeouts.bodyMs, maxBodyBytes });
  }
  exchange.end({ complete: true, overloaded: false });
  if (client.auth.verify?.(request, { headers, body: bytes }) === false) client.stats.unverifiedAnswers += 1;
  const body = decodeJson(bytes, exchange, accept.includes(status));
  return { endpoint: outgoing.endpoint, status, headers, body, url: outgoing.url };
}

/**
 * @param mayLackBody the caller accepts this very status: its body is no matter
 */
function decodeJson(bytes: Buffer, { status, headers }: Exchange, mayLackBody: boolean): unknown {
  const text = bodyText(bytes, headers['content-type']);
  if (text.trim() === '') {
    if (mayLackBody) return undefined;
    throw bodyFailureOf('malformed', 'EMPTY_BODY', `answered ${status} without a body`, { status });
  }
  try {
    return JSON.parse(text);
  } catch {
    if (mayLackBody) return undefined;
    const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'no content type';
    const what = `answered ${status} with a body that is not JSON (${bytes.length} bytes, ${type})`;
    throw bodyFailureOf('malformed', 'NOT_JSON', what, { status });
  }
}
