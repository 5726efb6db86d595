import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Clock } from '@vendor-graph/flow-control';
import { systemClock } from '@vendor-graph/flow-control';
import type Hawk from 'hawk';
import { parseHttpDate } from '../http-date.js';
import type { AuthScheme, SignableRequest, UnauthorizedAnswer } from './auth-scheme.js';

/** A `Date` header this close to the local clock is no reason to distrust the clock. */
const DATE_TOLERANCE_MS = 30_000;
/** Server time comes in whole seconds: a smaller change of the offset is noise, not news. */
const OFFSET_NOISE_MS = 2_000;
/** The characters that a Hawk header attribute may have (Hawk's own rule). */
const ATTRIBUTE = /^[ \w!#$%&'()*+,\-./:;<=>?@[\]^`{|}~]+$/;

type Credentials = Hawk.client.Credentials;
/** What was signed; the answer's authentication is computed from it. */
type Artifacts = Hawk.crypto.Artifacts;

/**
 * The package also takes a WHATWG URL, a Buffer and returns a number as `ts`; its published types do not say so. A string
 * must never be handed over: the package would parse it with the legacy parser, which escapes some characters that
 * are sent as they are, and sign something else than what is sent.
 */
interface HawkClient {
  header(url: URL, method: string, options: Hawk.client.HeaderOptions): { header: string; artifacts: Artifacts };
  authenticate(
    answer: { headers: Readonly<Record<string, string>> },
    credentials: Credentials,
    artifacts: Artifacts,
    options: { payload: Buffer },
  ): unknown;
}

const require = createRequire(import.meta.url);
/** Loaded by the first signature: it takes as long as the rest of this library, and few APIs are signed for in this way. */
const hawk = (): typeof Hawk => require('hawk') as typeof Hawk;
const client = (): HawkClient => hawk().client as unknown as HawkClient;

/**
 * [Hawk](https://github.com/mozilla/hawk) request signing with the `hawk` package, algorithm sha256. Path, query, host and
 * port are signed; a body also, by its hash. A 401 that proves another server time (verified `tsm`, or over TLS a `Date`
 * more than 30 s away) corrects the time of all later signatures. `Server-Authorization` of an answer is verified when
 * present.
 *
 * @param options.id names the key, sent as the attribute `id`
 * @param options.key the shared secret
 * @param options.ext application data, signed and sent as the attribute `ext`
 * @param options.clock tells the time that is signed
 * @param options.nonce unique per request; default 9 random bytes
 * @param options.onClockSkew told when the server's time was found to differ, with server time - local time in ms
 * @param options.onUnverifiedAnswer told once, when an answer's `Server-Authorization` is wrong
 * @throws TypeError for an id or ext that a Hawk header cannot carry
 *
 * @example
 * import { hawkAuth } from '@vendor-graph/http';
 * const request = { method: 'GET', url: new URL('https://api.example.com/list'), headers: {}, attempt: 1 };
 * const { authorization } = await hawkAuth({ id: 'user-1', key: 'a-secret' }).sign(request);
 *
 * authorization?.startsWith('Hawk id="user-1"'); // => true
 */
export function hawkAuth(options: {
  id: string;
  key: string;
  ext?: string;
  clock?: Clock;
  nonce?: () => string;
  onClockSkew?: (offsetMs: number) => void;
  onUnverifiedAnswer?: () => void;
}): AuthScheme {
  const { id, key, ext, clock = systemClock, nonce = randomNonce, onClockSkew, onUnverifiedAnswer } = options;
  requireAttribute('id', id);
  if (ext !== undefined) requireAttribute('ext', ext);
  if (key === '') throw new TypeError('hawkAuth: key is empty');
  const credentials: Credentials = { id, key, algorithm: 'sha256' };
  const signed = new WeakMap<SignableRequest, Artifacts>();
  let offsetMs = 0;
  let warned = false;

  function correctClock(serverMs: number): true {
    const offset = serverMs - clock.now();
    if (Math.abs(offset - offsetMs) > OFFSET_NOISE_MS) {
      offsetMs = offset;
      onClockSkew?.(offset);
    }
    return true;
  }

  return {
    secrets: [key],
    sign(request) {
      const { header, artifacts } = client().header(request.url, request.method, {
        credentials,
        timestamp: Math.floor((clock.now() + offsetMs) / 1000),
        nonce: nonce(),
        ext,
        payload: request.body,
        contentType: request.headers['content-type'],
      });
      signed.set(request, artifacts);
      return { authorization: header };
    },
    recover(answer) {
      const challenge = parseChallenge(answer.headers['www-authenticate']);
      if (challenge?.ts !== undefined) {
        return isServerTime(challenge.ts, challenge.tsm, credentials) && correctClock(Number(challenge.ts) * 1000);
      }
      const date = dateOfSecureAnswer(answer);
      if (date === undefined || Math.abs(date - (clock.now() + offsetMs)) <= DATE_TOLERANCE_MS) return false;
      return correctClock(date);
    },
    verify(request, answer) {
      const artifacts = signed.get(request);
      if (answer.headers['server-authorization'] === undefined || artifacts === undefined) return true;
      try {
        client().authenticate({ headers: withoutChallenge(answer.headers) }, credentials, artifacts, {
          payload: answer.body,
        });
        return true;
      } catch {
        if (!warned) onUnverifiedAnswer?.();
        warned = true;
        return false;
      }
    },
  };
}

function randomNonce(): string {
  return randomBytes(9).toString('base64url');
}

function requireAttribute(name: string, value: string): void {
  if (!ATTRIBUTE.test(value)) {
    throw new TypeError(
      `hawkAuth: ${name} is empty or has characters that a Hawk header cannot carry (quotes, backslashes, line breaks, non-ASCII)`,
    );
  }
}

/** A challenge of another scheme, or one that cannot be read, says nothing about time. */
function parseChallenge(header: string | undefined): { ts?: string; tsm?: string } | undefined {
  if (header === undefined) return undefined;
  try {
    return hawk().utils.parseAuthorizationHeader(header, ['ts', 'tsm', 'error']);
  } catch {
    return undefined;
  }
}

/** Server time may be used only when the server proves, with the shared key, that it is its own. */
function isServerTime(ts: string, tsm: string | undefined, credentials: Credentials): boolean {
  if (tsm === undefined || !/^\d{1,12}$/.test(ts)) return false;
  const expected = Buffer.from(hawk().crypto.calculateTsMac(ts, credentials));
  const received = Buffer.from(tsm);
  return expected.length === received.length && timingSafeEqual(expected, received);
}

function dateOfSecureAnswer(answer: UnauthorizedAnswer): number | undefined {
  const date = answer.headers['date'];
  return answer.secure && date !== undefined ? parseHttpDate(date) : undefined;
}

/** The package would judge a challenge too; here only the answer's own authentication counts. */
function withoutChallenge(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'www-authenticate'));
}
