import type { Clock } from '@vendor-graph/flow-control';
import { systemClock } from '@vendor-graph/flow-control';
import type { AuthScheme, SignableRequest } from './auth-scheme.js';

/** A token that ends at a known time. */
export interface ExpiringToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** Fetches a token. It is asked once, then again shortly before the token expires, and after a 401. */
export type TokenSource = () => string | ExpiringToken | Promise<string | ExpiringToken>;

/** A token is renewed this long before it expires, so that it does not expire on the way; a short-lived one at half-time. */
const RENEW_BEFORE_MS = 60_000;

interface HeldToken {
  readonly value: string;
  readonly renewAtMs: number;
}

/**
 * `Authorization: Bearer <token>` ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)).
 *
 * @param options.token the token itself, or a source of tokens. A source is asked by one request at a time; all requests
 * share its answer. After a 401 it is asked once more, and the request is repeated if the new token is another one.
 * @param options.clock tells when a token expires
 * @throws TypeError (from `sign`) for a token that no header can carry
 *
 * @example
 * import { bearerAuth } from '@vendor-graph/http';
 * const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };
 * await bearerAuth({ token: async () => 'fetched-token' }).sign(request); // => { authorization: 'Bearer fetched-token' }
 */
export function bearerAuth(options: { token: string | TokenSource; clock?: Clock }): AuthScheme {
  const { token: source, clock = systemClock } = options;
  const signedWith = new WeakMap<SignableRequest, string>();
  const secrets = new Set<string>();
  let held: HeldToken | undefined = typeof source === 'string' ? hold(source) : undefined;
  let renewal: Promise<HeldToken> | undefined;

  function hold(token: string | ExpiringToken): HeldToken {
    const value = typeof token === 'string' ? token : token.token;
    secrets.add(value);
    if (typeof token === 'string') return { value, renewAtMs: Infinity };
    const leftMs = token.expiresAtMs - clock.now();
    return { value, renewAtMs: token.expiresAtMs - Math.min(RENEW_BEFORE_MS, leftMs / 2) };
  }

  /** Concurrent requests wait for the same renewal. */
  async function renew(fetchToken: TokenSource): Promise<HeldToken> {
    renewal ??= Promise.resolve()
      .then(fetchToken)
      .then((token) => (held = hold(token)))
      .finally(() => (renewal = undefined));
    return renewal;
  }

  async function current(): Promise<HeldToken> {
    if (typeof source === 'string') return held ?? hold(source);
    if (held !== undefined && clock.now() < held.renewAtMs) return held;
    return renew(source);
  }

  return {
    get secrets(): readonly string[] {
      return [...secrets];
    },
    async sign(request) {
      const { value } = await current();
      if (!/^[\x21-\x7e]+$/.test(value)) {
        throw new TypeError(
          'bearerAuth: the token is empty or has characters that no HTTP header can carry (a pasted line break?)',
        );
      }
      signedWith.set(request, value);
      return { authorization: `Bearer ${value}` };
    },
    async recover(_answer, request) {
      if (typeof source === 'string') return false;
      const refused = signedWith.get(request);
      // Another request may have renewed the token while this one was under way.
      if (held !== undefined && held.value !== refused) return true;
      return (await renew(source)).value !== refused;
    },
  };
}
