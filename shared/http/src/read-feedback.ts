import type { RateLimitFeedback } from '@vendor-graph/flow-control';
import type { ClientContext } from './client-context.js';
import type { Exchange } from './exchange.js';
import { rateLimitFeedbackOf } from './rate-limit-feedback.js';
import type { RetryPolicy } from './retry-policy.js';

/**
 * What an answer says about the rate limit, by the vendor's own rule or else by the standard headers. Waits are cut to the
 * policy's cap: a header that is read wrongly, or wrong, must not stop a client for hours.
 */
export function readFeedback(
  client: ClientContext,
  { status, headers }: Exchange,
  policy: RetryPolicy,
): RateLimitFeedback {
  const feedback =
    client.hooks.rateLimitFeedback?.({ status, headers }) ?? rateLimitFeedbackOf(headers, status, client.clock.now());
  const { retryAfterMs, resetAfterMs } = feedback ?? {};
  return {
    ...feedback,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, policy.retryAfterCapMs) }),
    ...(resetAfterMs === undefined ? {} : { resetAfterMs: Math.min(resetAfterMs, policy.retryAfterCapMs) }),
    ...(status === 429 ? { rejected: true } : {}),
  };
}
