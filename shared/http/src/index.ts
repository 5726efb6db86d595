export { HttpClient } from './http-client.js';
export type { AnswerHead, HttpClientOptions, HttpStats, JsonAnswer, RequestOptions } from './client-options.js';
export type { Query } from './request-url.js';
export type { JsonLine } from './json-lines.js';
export { DEFAULT_RETRY, type RetryPolicy } from './retry-policy.js';
export { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.js';

export type { AuthScheme, SignableRequest, UnauthorizedAnswer } from './auth/auth-scheme.js';
export { basicAuth } from './auth/basic.js';
export { bearerAuth, type ExpiringToken, type TokenSource } from './auth/bearer.js';
export { clientCredentialsAuth, type ClientCredentialsOptions } from './auth/client-credentials.js';
export { escherAuth } from './auth/escher.js';
export { hawkAuth } from './auth/hawk.js';
export { signedKeyAuth } from './auth/signed-key.js';

export { HttpError, type HttpErrorDetails } from './errors/http-error.js';
export { HttpStatusError } from './errors/http-status-error.js';
export { ConnectionError } from './errors/connection-error.js';
export { TimeoutError } from './errors/timeout-error.js';
export { BodyError, type BodyErrorCode } from './errors/body-error.js';
export { TokenError, type TokenErrorCode } from './errors/token-error.js';
export { RedirectError } from './errors/redirect-error.js';

export { isLoopback } from './base-url.js';
export { fieldOf } from './field-of.js';
export { HTTP_CHANNEL, type HttpEvent } from './http-events.js';
export { parseRetryAfter } from './retry-after.js';
export { rateLimitFeedbackOf } from './rate-limit-feedback.js';
export { retryDelayMs, type RetryCause } from './retry-delay.js';
export { createRedactor, redactSecrets } from './redact.js';
