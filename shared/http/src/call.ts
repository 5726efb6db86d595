import type { CallScope } from './call-scope.js';
import type { RetryPolicy } from './retry-policy.js';
import type { Timeouts } from './timeouts.js';

/** What stays the same in all attempts of a call. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly endpoint: string;
  /** May be sent again although it may have had its effect. */
  readonly repeatable: boolean;
  readonly timeouts: Timeouts;
}

/** One call: what is sent, how often, and until when. */
export interface Call {
  readonly outgoing: OutgoingRequest;
  readonly policy: RetryPolicy;
  /** Statuses that are answers although they are no success. */
  readonly accept: readonly number[];
  readonly scope: CallScope;
}
