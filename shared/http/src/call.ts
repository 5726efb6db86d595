import { AttemptFailure } from './attempt-failure.js';
import type { CallScope } from './call-scope.js';
import type { ClientContext } from './client-context.js';
import { openExchange, type Exchange, type OutgoingRequest } from './exchange.js';
import { publish } from './http-events.js';
import { readFeedback } from './read-feedback.js';
import { TIMEOUT_COST, TRANSIENT_COST } from './retry-budget.js';
import { retryDelayMs } from './retry-delay.js';
import type { RetryPolicy } from './retry-policy.js';
import { statusFailure } from './status-failure.js';

/** One call: what is sent, until when it is tried. */
export interface Call {
  readonly outgoing: OutgoingRequest;
  readonly policy: RetryPolicy;
  readonly accept: readonly number[];
  readonly scope: CallScope;
}

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

/** Decides after each failure of a call whether it is sent again, and waits. */
class Retries {
  /** The scheme has had its one chance to correct itself. */
  recovered = false;
  /** What the last retry took from the budget. */
  lastCost = 0;
  #failures = 0;
  #malformed = 0;
  #rateLimited = 0;
  #rateLimitWaitMs = 0;

  constructor(
    private readonly client: ClientContext,
    private readonly call: Call,
  ) {}

  /** Returns when it is time for the next attempt; throws what the call ends with when there is none. */
  async waitAfter(failure: AttemptFailure, attempt: number): Promise<void> {
    const { client, call } = this;
    const { endpoint } = call.outgoing;
    if (!this.#mayPass(failure))
      throw failure.toError({ endpoint, attempts: attempt, retriesExhausted: false, ending: '' });
    const rateLimited = failure.kind === 'rate-limit';
    if (rateLimited) this.#rateLimited += 1;
    else this.#failures += 1;
    const failures = rateLimited ? this.#rateLimited : this.#failures;
    const { retryAfterMs } = failure;
    const delayMs = retryDelayMs({ failures, rateLimited, retryAfterMs }, call.policy, client.random);
    const obstacle = this.#obstacle(failure, delayMs);
    if (obstacle !== undefined) {
      const ending = `; gave up after ${String(attempt)} attempt${attempt === 1 ? '' : 's'}${obstacle}`;
      throw failure.toError({ endpoint, attempts: attempt, retriesExhausted: true, ending });
    }
    await this.#wait(failure, attempt, delayMs);
  }

  #mayPass({ kind }: AttemptFailure): boolean {
    const { method } = this.call.outgoing;
    switch (kind) {
      case 'final':
        return false;
      case 'unreachable':
      case 'unsent':
        return true;
      case 'malformed':
        this.#malformed += 1;
        return method === 'GET' && this.#malformed <= this.call.policy.malformedRetries;
      case 'interrupted':
      case 'timeout':
      case 'status':
      case 'rate-limit':
        // A request that may have had its effect is not repeated.
        return method === 'GET';
    }
  }

  /** Why the failure, which may pass, is not waited for. */
  #obstacle({ kind }: AttemptFailure, delayMs: number): string | undefined {
    const { policy, scope } = this.call;
    if (delayMs >= scope.remainingMs) return ', because the next wait would pass the total time of the call';
    if (kind === 'rate-limit') {
      if (this.#rateLimited >= (policy.rateLimitAttempts ?? Infinity)) return '';
      this.#rateLimitWaitMs += delayMs;
      if (this.#rateLimitWaitMs <= policy.rateLimitWaitCapMs) return undefined;
      return `, because one request waits at most ${String(policy.rateLimitWaitCapMs)} ms for the rate limit`;
    }
    const attempts =
      kind === 'unreachable' ? Math.min(policy.attempts, policy.unreachableAttempts ?? Infinity) : policy.attempts;
    if (this.#failures >= attempts) return '';
    const cost = kind === 'timeout' ? TIMEOUT_COST : TRANSIENT_COST;
    if (!this.client.budget.take(cost)) return ', because too many requests of this client have failed (retry budget)';
    this.lastCost = cost;
    return undefined;
  }

  async #wait({ kind, status, code }: AttemptFailure, attempt: number, delayMs: number): Promise<void> {
    const { clock, stats, product } = this.client;
    const { scope, outgoing } = this.call;
    const reason = kind === 'rate-limit' ? 'rate-limit' : 'backoff';
    const event = { product: product.name, endpoint: outgoing.endpoint, attempt, delayMs, reason } as const;
    stats.retries += 1;
    publish({ type: 'retry', ...event, code, ...(status === undefined ? {} : { status }) });
    if (delayMs <= 0) return;
    publish({ type: 'wait', ...event, untilMs: clock.now() + delayMs });
    const began = clock.monotonic();
    try {
      await clock.sleep(delayMs, scope.signal);
    } catch (error) {
      scope.throwIfEnded();
      throw error;
    } finally {
      if (reason === 'rate-limit') stats.rateLimitWaitMs += clock.monotonic() - began;
    }
  }
}
