import type { AttemptFailure } from './attempt-failure.js';
import type { Call } from './call.js';
import type { ClientContext } from './client-context.js';
import { publish } from './http-events.js';
import { TIMEOUT_COST, TRANSIENT_COST } from './retry-budget.js';
import { retryDelayMs } from './retry-delay.js';

/** Decides after each failure of a call whether it is sent again, and waits. */
export class Retries {
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
    if (!this.#mayPass(failure)) {
      throw failure.toError({ endpoint, attempts: attempt, retriesExhausted: false, ending: '' });
    }
    const rateLimited = failure.kind === 'rate-limit';
    if (rateLimited) this.#rateLimited += 1;
    else this.#failures += 1;
    const failures = rateLimited ? this.#rateLimited : this.#failures;
    const { retryAfterMs } = failure;
    const delayMs = retryDelayMs({ failures, rateLimited, retryAfterMs }, call.policy, client.random);
    const obstacle = this.#obstacle(failure, delayMs);
    if (obstacle !== undefined) {
      const ending = `; gave up after ${attempt} attempt${attempt === 1 ? '' : 's'}${obstacle}`;
      throw failure.toError({ endpoint, attempts: attempt, retriesExhausted: true, ending });
    }
    await this.#wait(failure, attempt, delayMs);
  }

  #mayPass({ kind }: AttemptFailure): boolean {
    const { repeatable } = this.call.outgoing;
    switch (kind) {
      case 'final':
        return false;
      case 'unreachable':
      case 'unsent':
        return true;
      case 'malformed':
        this.#malformed += 1;
        return repeatable && this.#malformed <= this.call.policy.malformedRetries;
      case 'interrupted':
      case 'timeout':
      case 'status':
      case 'rate-limit':
        // A request that may have had its effect is not repeated.
        return repeatable;
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
      return `, because one request waits at most ${policy.rateLimitWaitCapMs} ms for the rate limit`;
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
