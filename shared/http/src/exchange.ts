import type { SignableRequest } from './auth/auth-scheme.js';
import type { Release } from '@vendor-graph/flow-control';
import { admit } from './admission.js';
import { answerHeaders } from './answer-headers.js';
import { BodySource } from './body-source.js';
import type { OutgoingRequest } from './call.js';
import { onAbort, type CallScope } from './call-scope.js';
import type { ClientContext } from './client-context.js';
import { publish } from './http-events.js';
import { HeadersTimeout, noAnswer } from './no-answer.js';
import { Transmission } from './transmission.js';

/** How an attempt ended. */
export interface ExchangeEnd {
  /** The answer was read to its end. */
  readonly complete: boolean;
  /** The server was slow or said that it has too much to do. */
  readonly overloaded: boolean;
  /** Of an incomplete one: what went wrong. */
  readonly code?: string | undefined;
}

/** One attempt whose answer has begun. Whoever takes it over must call {@link Exchange.end} once. */
export class Exchange {
  constructor(
    readonly request: SignableRequest,
    readonly status: number,
    readonly statusText: string,
    /** Lower-case names. */
    readonly headers: Readonly<Record<string, string>>,
    readonly body: BodySource,
    /** The headers that the scheme added: not to be repeated in any message. */
    readonly signed: Readonly<Record<string, string>>,
    private readonly onEnd: (end: ExchangeEnd) => void,
  ) {}

  /** Gives back connection and slot. Calls after the first do nothing. */
  end(end: ExchangeEnd): void {
    this.body.discard();
    this.onEnd(end);
  }
}

/**
 * Waits for a slot and for the rate limit, signs, sends, and waits for the headers of the answer.
 *
 * @throws AttemptFailure when no answer begins
 */
export async function openExchange(
  client: ClientContext,
  outgoing: OutgoingRequest,
  scope: CallScope,
  attempt: number,
): Promise<Exchange> {
  const release = await admit(client, outgoing.endpoint, scope, attempt);
  const admittedAt = client.clock.monotonic();
  const request: SignableRequest = {
    method: outgoing.method,
    url: outgoing.url,
    headers: outgoing.headers,
    body: outgoing.body,
    attempt,
  };
  let signed: Record<string, string>;
  try {
    signed = await scope.race(() => client.auth.sign(request));
    scope.signal.throwIfAborted();
  } catch (error) {
    client.rateLimiter?.learn({});
    release({ latencyMs: client.clock.monotonic() - admittedAt, overloaded: false });
    throw error;
  }
  return transmit(client, outgoing, scope, request, signed, release);
}

async function transmit(
  client: ClientContext,
  outgoing: OutgoingRequest,
  scope: CallScope,
  request: SignableRequest,
  signed: Readonly<Record<string, string>>,
  release: Release,
): Promise<Exchange> {
  const { clock, stats, product } = client;
  const { endpoint, timeouts } = outgoing;
  const sentAt = clock.monotonic();
  let headersAt: number | undefined;
  let source: BodySource | undefined;
  let status: number | undefined;
  const transmission = new Transmission(client.connections.backPressure);
  const unlink = onAbort(scope.signal, () => {
    transmission.abort(new Error('the call was ended'));
  });
  const common = { product: product.name, endpoint, attempt: request.attempt };
  scope.attempts += 1;
  stats.requests += 1;
  stats.inFlight += 1;
  stats.peakInFlight = Math.max(stats.peakInFlight, stats.inFlight);
  publish({ type: 'request', ...common });

  let ended = false;
  const onEnd = (end: ExchangeEnd): void => {
    if (ended) return;
    ended = true;
    unlink();
    const now = clock.monotonic();
    const bytes = source?.bytes ?? 0;
    stats.inFlight -= 1;
    stats.bytes += bytes;
    release({ latencyMs: (headersAt ?? now) - sentAt, overloaded: end.overloaded });
    const details = { ...common, ...(status === undefined ? {} : { status }), durationMs: now - sentAt, bytes };
    publish(
      end.complete ? { type: 'response', ...details } : { type: 'failure', ...details, code: end.code ?? 'STOPPED' },
    );
  };

  const stopTimer = clock.after(timeouts.headersMs, () => {
    transmission.abort(new HeadersTimeout());
  });
  try {
    const { connections } = client;
    const head = await transmission.send(scope.connectionBroke ? connections.unused : connections.kept, {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: { ...request.headers, ...signed },
      body: request.body ?? null,
    });
    headersAt = clock.monotonic();
    status = head.status;
    source = new BodySource(transmission, clock, timeouts.bodyMs);
    return new Exchange(request, status, head.statusText, answerHeaders(head.headers), source, signed, onEnd);
  } catch (error) {
    const failure = noAnswer(error, timeouts);
    client.rateLimiter?.learn({});
    const overloaded = !scope.signal.aborted && failure.kind !== 'final' && failure.kind !== 'unreachable';
    onEnd({ complete: false, overloaded, code: scope.signal.aborted ? 'ABORTED' : failure.code });
    throw failure;
  } finally {
    stopTimer();
  }
}
