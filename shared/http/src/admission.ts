import type { Release } from '@vendor-graph/flow-control';
import type { CallScope } from './call-scope.js';
import type { ClientContext } from './client-context.js';
import { publish } from './http-events.js';

/**
 * Waits for a free place, then for the rate limit: a start that the limiter has granted must not wait for anything else.
 *
 * @returns gives the place back
 */
export async function admit(
  client: ClientContext,
  endpoint: string,
  scope: CallScope,
  attempt: number,
): Promise<Release> {
  const release = (await client.concurrency?.acquire(scope.signal)) ?? (() => undefined);
  if (client.rateLimiter === undefined) return release;
  const { clock, rateLimiter, product, stats } = client;
  const began = clock.monotonic();
  try {
    const granted = rateLimiter.acquire(scope.signal);
    const untilMs = rateLimiter.waitingUntil;
    if (untilMs !== undefined) {
      const delayMs = Math.max(0, untilMs - clock.now());
      publish({ type: 'wait', product: product.name, endpoint, attempt, delayMs, untilMs, reason: 'rate-limit' });
    }
    await granted;
  } catch (error) {
    release({ latencyMs: clock.monotonic() - began, overloaded: false });
    throw error;
  } finally {
    stats.rateLimitWaitMs += clock.monotonic() - began;
  }
  return release;
}
