import type { AdaptiveConcurrency, Clock, RateLimiter } from '@vendor-graph/flow-control';
import type { AuthScheme } from './auth/auth-scheme.js';
import type { HttpClientOptions, HttpStats } from './client-options.js';
import type { Connections } from './connections.js';
import type { Redaction } from './redaction.js';
import type { RetryBudget } from './retry-budget.js';

/** What the requests of one client share. */
export interface ClientContext {
  readonly product: { readonly name: string; readonly version: string };
  readonly auth: AuthScheme;
  readonly clock: Clock;
  readonly random: () => number;
  readonly rateLimiter: RateLimiter | undefined;
  readonly concurrency: AdaptiveConcurrency | undefined;
  readonly connections: Connections;
  readonly budget: RetryBudget;
  readonly hooks: Pick<HttpClientOptions, 'rateLimitFeedback' | 'vendorMessage' | 'mayRetry'>;
  readonly stats: { -readonly [K in keyof HttpStats]: HttpStats[K] };
  readonly redaction: Redaction;
}
