import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { signedKeyAuth } from './signed-key.js';

const SECRET = 'example-secret-0123456789abcdef';
const BODY = '{"validity":240,"allowed_endpoints":["GET"]}';

// Computed with two independent implementations; a timestamp in milliseconds stands for a server that takes both.
it.each([
  {
    secret: SECRET,
    timestamp: 1633802740,
    method: 'GET',
    url: 'https://api.example.com/v2/accounts/10630',
    signature: '50434efc0fd7b8b559f49096712dd9c39b41733f0fcb64296a996db4e4b37384',
  },
  {
    secret: SECRET,
    timestamp: 1633816156860,
    method: 'GET',
    url: 'https://api.example.com/v2/users?expand=group&limit=100',
    signature: 'e92cd85c7083398128c548c00a18883a97be88fa84c09b5cad7f1078cd09c0cb',
  },
  {
    secret: SECRET,
    timestamp: 1668795740,
    method: 'POST',
    url: 'https://api.example.com/v2/tokens',
    body: BODY,
    signature: 'c332678528d6b0251bf6b6a54f5e2392484d9456bdc586a22c0e1691f77824f4',
  },
  {
    secret: 'sécret-ключ',
    timestamp: 1668795741,
    method: 'POST',
    url: 'https://api.example.com/v2/groups',
    body: '{"name":"Équipe Sécurité"}',
    signature: '13ba6bbfe26472eed2ac9300398e63ca0d015706064be9d7a21c61b1ec2b85fb',
  },
])('signs the known vector $method $url', async ({ secret, timestamp, method, url, body, signature }) => {
  const auth = signedKeyAuth({ apiKey: 'AKexample', apiSecret: secret, clock: new VirtualClock(timestamp * 1000) });

  const headers = await auth.sign({ method, url: new URL(url), headers: {}, body, attempt: 1 });

  expect(headers).toEqual({ 'x-api-key': 'AKexample', 'x-timestamp': String(timestamp), 'x-signature': signature });
});

it('never signs the query', async () => {
  const auth = signedKeyAuth({ apiKey: 'AKexample', apiSecret: SECRET, clock: new VirtualClock(1633816156860_000) });
  const url = new URL('https://api.example.com/v2/users?expand=group&limit=100');

  const headers = await auth.sign({ method: 'GET', url, headers: {}, attempt: 1 });

  expect(headers['x-signature']).not.toBe('7f3ba26e9177bb5c8045736bc246be9311597e51e26cf700577d8171b96794e0');
});

it.each([
  ['without a prefix', 'https://api.example.com/v2/accounts/10630'],
  ['with a prefix of the base URL', 'https://proxy.example.com/prod/v2/accounts/10630'],
  ['with a prefix that looks alike', 'https://proxy.example.com/v20/v2/accounts/10630'],
])('signs the path from /v2 on, %s', async (_what, url) => {
  const auth = signedKeyAuth({ apiKey: 'AKexample', apiSecret: SECRET, clock: new VirtualClock(1633802740_000) });

  const headers = await auth.sign({ method: 'GET', url: new URL(url), headers: {}, attempt: 1 });

  expect(headers['x-signature']).toBe('50434efc0fd7b8b559f49096712dd9c39b41733f0fcb64296a996db4e4b37384');
});

it('signs the path that the caller chooses', async () => {
  const auth = signedKeyAuth({
    apiKey: 'AKexample',
    apiSecret: SECRET,
    clock: new VirtualClock(1633802740_000),
    signedPath: (url) => url.pathname.replace('/internal', '/v2'),
  });

  const url = new URL('https://api.example.com/internal/accounts/10630');
  const headers = await auth.sign({ method: 'GET', url, headers: {}, attempt: 1 });

  expect(headers['x-signature']).toBe('50434efc0fd7b8b559f49096712dd9c39b41733f0fcb64296a996db4e4b37384');
});

it('names key and secret as secrets', () => {
  expect(signedKeyAuth({ apiKey: 'AKexample', apiSecret: SECRET }).secrets).toEqual(['AKexample', SECRET]);
});
