import { VirtualClock } from '@vendor-graph/flow-control/testing';
import Hawk from 'hawk';
import { expect, it } from 'vitest';
import type { AuthScheme, SignableRequest } from './auth-scheme.js';
import { hawkAuth } from './hawk.js';

const ID = '5a1c2d3e4f5a6b7c8d9e0f11';
const KEY = 'an-example-key-0123456789abcdef';
const HOUR_MS = 3_600_000;

/** The package takes a plain object too. */
const authenticate = Hawk.server.authenticate as unknown as (
  request: { method: string; url: string; headers: Record<string, string | undefined> },
  credentials: () => object,
) => Promise<{ artifacts: { ext?: string } }>;

function get(url = 'https://api.example.com/v2/agents?status=online'): SignableRequest {
  return { method: 'GET', url: new URL(url), headers: {}, attempt: 1 };
}

function attribute(name: string, headers: Record<string, string>): string | undefined {
  return new RegExp(`${name}="([^"]*)"`).exec(headers['authorization'] ?? '')?.[1];
}

async function signedTimestamp(auth: AuthScheme): Promise<number> {
  return Number(attribute('ts', await auth.sign(get())));
}

function challenge(ts: number, key = KEY): string {
  const tsm = Hawk.crypto.calculateTsMac(String(ts), { id: ID, key, algorithm: 'sha256' });
  return `Hawk ts="${ts}", tsm="${tsm}", error="Stale timestamp"`;
}

it('signs each request with another nonce', async () => {
  const auth = hawkAuth({ id: ID, key: KEY });

  const headers = await Promise.all([auth.sign(get()), auth.sign(get())]);

  const [first, second] = headers.map((signed) => attribute('nonce', signed));
  expect(first).toMatch(/^[\w-]{12}$/);
  expect(second).not.toBe(first);
});

it.each([
  ['| in a value', '/v2/agents?token=a|b'],
  ['^ { } and a backtick', '/v2/agents?token=^{}`'],
  ['a space', '/v2/agents?token=a b'],
  ['quotes', "/v2/agents?token=%22'"],
  ['characters beyond ASCII', '/v2/agents?token=\u00e9\u4e2d'],
  ['an encoded slash in the path', '/v2/a%2Fb'],
  ['an empty query', '/v2/agents?'],
  ['a prefix', '/prefix/v2/agents'],
])('signs what is sent: a server accepts %s', async (_what, target) => {
  const url = new URL(`http://127.0.0.1:8089${target}`);
  const auth = hawkAuth({ id: ID, key: KEY, ext: 'organization' });

  const { authorization } = await auth.sign({ method: 'GET', url, headers: {}, attempt: 1 });

  const verdict = await authenticate(
    { method: 'GET', url: url.pathname + url.search, headers: { host: url.host, authorization } },
    () => ({ id: ID, key: KEY, algorithm: 'sha256', user: ID }),
  );
  expect(verdict.artifacts.ext).toBe('organization');
});

it.each([
  ['an hour behind', HOUR_MS],
  ['an hour ahead', -HOUR_MS],
])('takes over the time of a server when the local clock is %s', async (_what, differenceMs) => {
  const clock = new VirtualClock(1_700_000_000_000);
  const skews: number[] = [];
  const auth = hawkAuth({ id: ID, key: KEY, clock, onClockSkew: (ms) => skews.push(ms) });
  const serverSeconds = (clock.now() + differenceMs) / 1000;

  const recovered = auth.recover?.(
    { status: 401, headers: { 'www-authenticate': challenge(serverSeconds) }, secure: false },
    get(),
  );
  const timestamp = await signedTimestamp(auth);

  expect(recovered).toBe(true);
  expect(timestamp).toBe(serverSeconds);
  expect(skews).toEqual([differenceMs]);
});

it('tells of the same difference once, however many requests it hits', () => {
  const clock = new VirtualClock(1_700_000_000_000);
  const skews: number[] = [];
  const auth = hawkAuth({ id: ID, key: KEY, clock, onClockSkew: (ms) => skews.push(ms) });

  const recovered = [3600, 3601, 3600].map((seconds) =>
    auth.recover?.(
      { status: 401, headers: { 'www-authenticate': challenge(1_700_000_000 + seconds) }, secure: false },
      get(),
    ),
  );

  expect(recovered).toEqual([true, true, true]);
  expect(skews).toEqual([HOUR_MS]);
});

it.each([
  ['no challenge', undefined, {}],
  ['another reason', 'Hawk error="Bad mac"', {}],
  ['a challenge of another scheme', 'Basic realm="x"', {}],
  ['a challenge that cannot be read', 'Hawk ts=1, tsm', {}],
  ['a time without proof', 'Hawk ts="1700003600"', {}],
  ['a time proved with another key', challenge(1_700_003_600, 'another-key-0123456789'), {}],
  ['a time with a proof of another length', 'Hawk ts="1700003600", tsm="AAAA"', {}],
  ['a time that is no number', challenge(Number.NaN), {}],
  ['a date 30 s away over TLS', undefined, { date: 'Tue, 14 Nov 2023 22:13:50 GMT', secure: true }],
  ['a date an hour away without TLS', undefined, { date: 'Tue, 14 Nov 2023 23:13:20 GMT', secure: false }],
  ['a date over TLS that is none', undefined, { date: 'yesterday', secure: true }],
  [
    'a forged time, with a date an hour away over TLS',
    challenge(1_700_003_600, 'another-key-0123456789'),
    { date: 'Tue, 14 Nov 2023 23:13:20 GMT', secure: true },
  ],
])(
  'does not correct its time by %s',
  async (_what, wwwAuthenticate, { date, secure = false }: { date?: string; secure?: boolean }) => {
    const auth = hawkAuth({ id: ID, key: KEY, clock: new VirtualClock(1_700_000_000_000) });
    const headers = {
      ...(wwwAuthenticate === undefined ? {} : { 'www-authenticate': wwwAuthenticate }),
      ...(date === undefined ? {} : { date }),
    };

    const recovered = auth.recover?.({ status: 401, headers, secure }, get());

    expect(recovered).toBe(false);
    expect(await signedTimestamp(auth)).toBe(1_700_000_000);
  },
);

it.each([
  ['without a challenge', {}],
  ['with a challenge that tells no time', { 'www-authenticate': 'Hawk error="Bad mac"' }],
])('takes the date of an answer over TLS %s', async (_what, headers) => {
  const auth = hawkAuth({ id: ID, key: KEY, clock: new VirtualClock(1_700_000_000_000) });

  const recovered = auth.recover?.(
    { status: 401, headers: { ...headers, date: 'Tue, 14 Nov 2023 23:13:20 GMT' }, secure: true },
    get(),
  );

  expect(recovered).toBe(true);
  expect(await signedTimestamp(auth)).toBe(1_700_003_600);
});

it('does not require an answer to be authenticated', async () => {
  const auth = hawkAuth({ id: ID, key: KEY });
  const request = get();
  await auth.sign(request);

  expect(auth.verify?.(request, { headers: {}, body: Buffer.from('{}') })).toBe(true);
});

it('tells once of answers whose authentication is wrong', async () => {
  let told = 0;
  const auth = hawkAuth({ id: ID, key: KEY, onUnverifiedAnswer: () => (told += 1) });
  const request = get();
  await auth.sign(request);
  const headers = { 'server-authorization': 'Hawk mac="AAAA", hash="BBBB"', 'content-type': 'application/json' };

  const verdicts = [1, 2].map(() => auth.verify?.(request, { headers, body: Buffer.from('{}') }));

  expect(verdicts).toEqual([false, false]);
  expect(told).toBe(1);
});

it.each([
  ['id', { id: 'a"b', key: KEY }],
  ['id', { id: '', key: KEY }],
  ['ext', { id: ID, key: KEY, ext: 'a\nb' }],
  ['ext', { id: ID, key: KEY, ext: 'a\\b' }],
])('refuses an %s that no header can carry, without repeating it', (name, options) => {
  expect(() => hawkAuth(options)).toThrow(
    new TypeError(
      `hawkAuth: ${name} is empty or has characters that a Hawk header cannot carry (quotes, backslashes, line breaks, non-ASCII)`,
    ),
  );
});

it('refuses an empty key', () => {
  expect(() => hawkAuth({ id: ID, key: '' })).toThrow(new TypeError('hawkAuth: key is empty'));
});
