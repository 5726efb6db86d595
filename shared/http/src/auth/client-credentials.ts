import type { Clock } from '@vendor-graph/flow-control';
import { systemClock } from '@vendor-graph/flow-control';
import { isLoopback } from '../base-url.js';
import type { JsonAnswer } from '../client-options.js';
import { fieldOf } from '../field-of.js';
import { HttpStatusError } from '../errors/http-status-error.js';
import { TokenError } from '../errors/token-error.js';
import { HttpClient } from '../http-client.js';
import { redactSecrets } from '../redact.js';
import type { AuthScheme } from './auth-scheme.js';
import { basicAuth } from './basic.js';
import { bearerAuth, type ExpiringToken } from './bearer.js';

/** A token is small, and somebody waits for it. */
const TIMEOUTS = { headersMs: 30_000, bodyMs: 30_000, totalMs: 120_000 };
const MAX_ANSWER_BYTES = 1024 * 1024;
/** The statuses of RFC 6749, section 5.2, and the one that gateways use: the server has looked and said no. */
const REFUSALS = [400, 401, 403];

/** Which client asks which authorization server for what. */
export interface ClientCredentialsOptions {
  /** Of the token endpoint: https, or http on a loopback address. */
  tokenUrl: string | URL;
  clientId: string;
  clientSecret: string;
  /** Space-separated scopes; without it the server decides. */
  scope?: string;
  /** The user agent is "name/version". */
  product: { name: string; version: string };
  clock?: Clock;
  /** Of the jitter of retries, in [0, 1). */
  random?: () => number;
}

/**
 * OAuth 2 client credentials ([RFC 6749, section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)): id and secret
 * buy a bearer token, which is renewed a minute before it expires, and once after a 401. All requests of a client share one
 * token. Id and secret travel in the Authorization header, never in a URL or a body.
 *
 * A request whose token cannot be had rejects with a TokenError (refused, or no token in the answer), or with what any
 * request rejects with (ConnectionError, TimeoutError, HttpStatusError for 5xx).
 *
 * @throws TypeError for a token URL that is neither https nor on a loopback address, or that holds credentials
 *
 * @example
 * import { clientCredentialsAuth } from '@vendor-graph/http';
 * const auth = clientCredentialsAuth({
 *   tokenUrl: 'https://login.example.com/oauth/token',
 *   clientId: 'acme',
 *   clientSecret: 'a-secret',
 *   scope: 'read:agents',
 *   product: { name: 'acme', version: '1.0.0' },
 * });
 *
 * auth.secrets.includes('a-secret'); // => true
 */
export function clientCredentialsAuth(options: ClientCredentialsOptions): AuthScheme {
  const { clientId, clientSecret, clock = systemClock } = options;
  const { origin, path } = tokenEndpoint(options.tokenUrl);
  // Section 2.3.1: both are form-encoded first.
  const encoded = basicAuth({ username: formEncoded(clientId), password: formEncoded(clientSecret) });
  const auth = { ...encoded, secrets: [clientSecret, ...encoded.secrets] };

  async function fetchToken(): Promise<ExpiringToken> {
    let oauthError: string | undefined;
    const { product, random, scope } = options;
    const vendorMessage = (body: unknown): string | undefined => {
      oauthError = textOf(body, 'error');
      return [oauthError, textOf(body, 'error_description')].filter((text) => text !== undefined).join(': ');
    };
    // A client of its own: a token is asked for once an hour, and no connection should stay open that long.
    const client = new HttpClient({
      baseUrl: origin,
      product,
      auth,
      timeouts: TIMEOUTS,
      maxBodyBytes: MAX_ANSWER_BYTES,
      vendorMessage,
      clock,
      ...(random !== undefined && { random }),
    });
    const askedAt = clock.now();
    try {
      const form = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) };
      return tokenIn(await client.requestJson(path, { method: 'POST', form, repeatable: true }), askedAt);
    } catch (error) {
      throw error instanceof HttpStatusError && REFUSALS.includes(error.status)
        ? refused(error, redactSecrets(oauthError ?? '', auth.secrets))
        : error;
    } finally {
      await client.close();
    }
  }

  const bearer = bearerAuth({ token: fetchToken, clock });
  return {
    sign: (request) => bearer.sign(request),
    recover: async (answer, request) => (await bearer.recover?.(answer, request)) === true,
    get secrets(): readonly string[] {
      return [...auth.secrets, ...bearer.secrets];
    },
  };
}

function tokenEndpoint(tokenUrl: string | URL): { origin: string; path: string } {
  const text = String(tokenUrl);
  if (!URL.canParse(text)) throw new TypeError('tokenUrl is not a URL: it looks like https://host/oauth/token');
  const { protocol, hostname, origin, username, password, pathname, search } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback({ hostname }))) {
    throw new TypeError('tokenUrl must begin with https:// (http:// is allowed on a loopback address only)');
  }
  if (username !== '' || password !== '') throw new TypeError('tokenUrl must not hold credentials');
  return { origin, path: pathname + search };
}

function tokenIn({ body, endpoint, status }: JsonAnswer, askedAt: number): ExpiringToken {
  const token = textOf(body, 'access_token');
  const type = textOf(body, 'token_type') ?? 'bearer';
  if (token === undefined || type.toLowerCase() !== 'bearer') {
    const problem = token === undefined ? 'no access_token' : 'a token of another type than bearer';
    throw new TokenError(`${endpoint} answered ${status} with ${problem}: check the address of the token endpoint`, {
      code: 'NO_TOKEN',
      endpoint,
      status,
      attempts: 1,
      retriesExhausted: false,
    });
  }
  // Recommended, not required (section 5.1); some servers send a text. Without it only a 401 tells that the token ended.
  const seconds = Number(fieldOf(body, 'expires_in') ?? Infinity);
  return { token, expiresAtMs: Number.isNaN(seconds) ? Infinity : askedAt + seconds * 1000 };
}

function refused(error: HttpStatusError, oauthError: string): TokenError {
  const { message, endpoint, attempts, retriesExhausted, status, statusText, vendorMessage, requestId } = error;
  return new TokenError(`${message}; no token was issued: check client id, client secret and scope`, {
    code: 'TOKEN_REFUSED',
    endpoint,
    attempts,
    retriesExhausted,
    status,
    statusText,
    vendorMessage,
    requestId,
    // A word of the standard; anything longer is not one.
    oauthError: /^[\w-]{1,40}$/.test(oauthError) ? oauthError : undefined,
  });
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

function textOf(body: unknown, name: string): string | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
