import type { AdaptiveConcurrency, Clock, RateLimitFeedback, RateLimiter } from '@vendor-graph/flow-control';
import type { AuthScheme } from './auth/auth-scheme.js';
import type { Query } from './request-url.js';
import type { RetryPolicy } from './retry-policy.js';
import type { Timeouts } from './timeouts.js';

/** What a hook learns of an answer; header names are lower case. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Settings of a client. */
export interface HttpClientOptions {
  /** https, or http on a loopback address. A path is kept as prefix: url = baseUrl + path. */
  baseUrl: string | URL;
  /** The user agent is "name/version". */
  product: { name: string; version: string };
  auth: AuthScheme;
  /** Awaited before each attempt, then told what the server says about its limit. Share one per account. */
  rateLimiter?: RateLimiter;
  /** Bounds how many requests are under way. */
  concurrency?: AdaptiveConcurrency;
  retry?: Partial<RetryPolicy>;
  timeouts?: Partial<Timeouts>;
  /** Of one JSON body, decompressed; default 64 MiB. */
  maxBodyBytes?: number;
  /** Reads the vendor's own rate-limit headers; undefined: the standard ones are read. */
  rateLimitFeedback?: (answer: AnswerHead) => RateLimitFeedback | undefined;
  /** Picks the vendor's message out of a decoded error body; default: message, error, detail, title, errors[]. */
  vendorMessage?: (body: unknown) => string | undefined;
  /** False: a status in `retry.statuses` is final after all (a used-up daily quota answered 429). */
  mayRetry?: (answer: AnswerHead & { readonly body: unknown }) => boolean;
  /** Cuts more than the known secrets from any text of the vendor that reaches an error. */
  redact?: (text: string) => string;
  clock?: Clock;
  /** Of the jitter, in [0, 1). */
  random?: () => number;
}

/** Settings of one request. */
export interface RequestOptions {
  /** Default GET. A POST is sent again only when its first bytes cannot have left, unless it is `repeatable`. */
  method?: 'GET' | 'POST';
  /** A POST that does no harm when it takes effect twice, so that it is sent again like a GET. */
  repeatable?: boolean;
  query?: Query;
  /** Sent as compact JSON text. */
  json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, where there is no `json`. */
  form?: Readonly<Record<string, string>>;
  /** Further headers. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
  retry?: Partial<RetryPolicy>;
  timeouts?: Partial<Timeouts>;
  /** Statuses that are answers, not errors (e.g. 404 = none). */
  accept?: readonly number[];
}

/** A decoded answer. */
export interface JsonAnswer {
  /** `GET https://host/path`, as errors name it: without query and without secrets. */
  readonly endpoint: string;
  readonly status: number;
  /** Lower-case names; without `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an accepted status without a JSON body. */
  readonly body: unknown;
  readonly url: URL;
}

/** What a client has done so far. */
export interface HttpStats {
  /** Sent, each attempt counts. */
  readonly requests: number;
  readonly retries: number;
  /** The sum of what requests waited for a rate limit, ms; requests that wait at the same time count each. */
  readonly rateLimitWaitMs: number;
  /** Of bodies, as received. */
  readonly bytes: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
  /** Answers whose own authentication was wrong. */
  readonly unverifiedAnswers: number;
}
