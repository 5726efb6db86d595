import type { RateLimiter } from '@vendor-graph/flow-control';
import { expectTypeOf } from 'vitest';
import {
  HttpClient,
  basicAuth,
  bearerAuth,
  clientCredentialsAuth,
  escherAuth,
  hawkAuth,
  signedKeyAuth,
  type AuthScheme,
  type BodyError,
  type HttpClientOptions,
  type HttpError,
  type HttpEvent,
  type HttpStatusError,
  type HttpStats,
  type JsonAnswer,
  type JsonLine,
  type RetryPolicy,
} from './index.js';

const required = { baseUrl: 'https://api.example.com', product: { name: 'acme', version: '1.0.0' } };

expectTypeOf(hawkAuth).returns.toEqualTypeOf<AuthScheme>();
expectTypeOf(escherAuth).returns.toEqualTypeOf<AuthScheme>();
expectTypeOf(signedKeyAuth).returns.toEqualTypeOf<AuthScheme>();
expectTypeOf(bearerAuth).returns.toEqualTypeOf<AuthScheme>();
expectTypeOf(basicAuth).returns.toEqualTypeOf<AuthScheme>();
expectTypeOf(clientCredentialsAuth).returns.toEqualTypeOf<AuthScheme>();

// Three settings are enough; all others have defaults.
expectTypeOf({ ...required, auth: bearerAuth({ token: 'x' }) }).toExtend<HttpClientOptions>();
// @ts-expect-error -- a client without authentication is a mistake
export const withoutAuth = new HttpClient(required);

// A scheme of one's own needs two members, and may sign asynchronously.
expectTypeOf({ secrets: ['x'], sign: () => ({ 'x-key': 'x' }) }).toExtend<AuthScheme>();
expectTypeOf({ secrets: [], sign: async () => ({ 'x-key': 'x' }) }).toExtend<AuthScheme>();
// @ts-expect-error -- without its secrets, errors could not be cleaned of them
export const withoutSecrets: AuthScheme = { sign: () => ({}) };

// A token may be fixed, fetched, or fetched with its end.
bearerAuth({ token: () => 'x' });
bearerAuth({ token: async () => ({ token: 'x', expiresAtMs: 0 }) });
// @ts-expect-error -- a token is a text
bearerAuth({ token: 7 });

// What a vendor sends is unknown until it is checked.
expectTypeOf<HttpClient['requestJson']>().returns.resolves.toEqualTypeOf<JsonAnswer>();
expectTypeOf<JsonAnswer['body']>().toBeUnknown();
expectTypeOf<JsonLine['value']>().toBeUnknown();
expectTypeOf<HttpClient['streamJsonLines']>().returns.toEqualTypeOf<AsyncGenerator<JsonLine, void, undefined>>();
expectTypeOf<HttpClient['requestJson']>().parameter(1).exclude<undefined>().toHaveProperty('accept');

// Every error is told by one base, and a status error always has its status.
expectTypeOf<HttpStatusError>().toExtend<HttpError>();
expectTypeOf<HttpStatusError['status']>().toEqualTypeOf<number>();
expectTypeOf<HttpError['status']>().toEqualTypeOf<number | undefined>();
expectTypeOf<BodyError['lineNumber']>().toEqualTypeOf<number | undefined>();

// A policy is named in part; figures are not changed by readers.
expectTypeOf<HttpClientOptions['retry']>().toEqualTypeOf<Partial<RetryPolicy> | undefined>();
expectTypeOf<HttpClientOptions['rateLimiter']>().toEqualTypeOf<RateLimiter | undefined>();
expectTypeOf<HttpClient['stats']>().toEqualTypeOf<Readonly<HttpStats>>();
export function count(stats: HttpStats): void {
  // @ts-expect-error -- read only
  stats.requests = 1;
}

// Who listens can tell events by their type.
expectTypeOf<HttpEvent['type']>().toEqualTypeOf<'request' | 'response' | 'failure' | 'retry' | 'wait' | 'close'>();
