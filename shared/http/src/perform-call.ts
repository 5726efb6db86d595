import { AttemptFailure } from './attempt-failure.js';
import type { Call } from './call.js';
import type { ClientContext } from './client-context.js';
import { openExchange, type Exchange } from './exchange.js';
import { publish } from './http-events.js';
import { readFeedback } from './read-feedback.js';
import { Retries } from './retries.js';
import { statusFailure } from './status-failure.js';

/**
 * Sends a request until its answer could be taken, or until a failure is final.
 *
 * @param take makes the result of an answer with an accepted status; may throw an AttemptFailure. It ends the exchange,
 * or hands it on.
 */
export async function performCall<T>(
  client: ClientContext,
  call: Call,
  take: (exchange: Exchange) => Promise<T>,
): Promise<{ result: T; attempts: number }> {
  const { scope, outgoing } = call;
  const retries = new Retries(client, call);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await attemptOnce(client, call, attempt, retries, take);
      if (result !== undefined) {
        client.budget.giveBack(retries.lastCost);
        return { result: result.taken, attempts: attempt };
      }
      client.stats.retries += 1;
      publish({
        type: 'retry',
        product: client.product.name,
        endpoint: outgoing.endpoint,
        attempt,
        status: 401,
        delayMs: 0,
      });
    } catch (error) {
      scope.throwIfEnded();
      if (!(error instanceof AttemptFailure)) throw error;
      scope.connectionBroke ||= error.kind === 'interrupted';
      await retries.waitAfter(error, attempt);
    }
  }
}

/** Undefined: the scheme has corrected itself after a 401, send again. */
async function attemptOnce<T>(
  client: ClientContext,
  call: Call,
  attempt: number,
  retries: Retries,
  take: (exchange: Exchange) => Promise<T>,
): Promise<{ taken: T } | undefined> {
  const exchange = await openExchange(client, call.outgoing, call.scope, attempt);
  try {
    const { status, headers } = exchange;
    const feedback = readFeedback(client, exchange, call.policy);
    client.rateLimiter?.learn(feedback);
    if (call.accept.includes(status) || (status >= 200 && status < 300)) return { taken: await take(exchange) };
    const failure = await statusFailure(client, exchange, call.policy, feedback);
    const recover = client.auth.recover?.bind(client.auth);
    if (status === 401 && recover !== undefined && !retries.recovered) {
      retries.recovered = true;
      const answer = { status, headers, secure: isSecure(exchange.request.url) } as const;
      if (await call.scope.race(() => recover(answer, exchange.request))) return undefined;
    }
    throw failure;
  } catch (error) {
    const failure = error instanceof AttemptFailure ? error : undefined;
    exchange.end({ complete: false, overloaded: failure?.kind === 'timeout', code: failure?.code });
    throw error;
  }
}

/** Only TLS with a verified certificate makes an unsigned `Date` believable. */
function isSecure(url: URL): boolean {
  return url.protocol === 'https:' && process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0';
}
