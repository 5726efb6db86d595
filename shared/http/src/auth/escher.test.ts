import Escher from 'escher-auth';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { escherAuth } from './escher.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const SCOPE = 'global/services/portshift_request';
const KEY_ID = '0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42';
const SECRET = 'dGVzdC1vbmx5LXNlY3JldC1ub3QtcmVhbC0wMDAwMDE=';
const HOST = 'https://securecn.cisco.com';

async function sign(
  target: string,
  {
    at,
    method = 'GET',
    keyId = KEY_ID,
    secret = SECRET,
  }: { at: string; method?: string; keyId?: string; secret?: string },
): Promise<Record<string, string>> {
  vi.setSystemTime(new Date(at));
  const auth = escherAuth({ accessKeyId: keyId, secretKey: secret, credentialScope: SCOPE });
  return auth.sign({ method, url: new URL(target), headers: {}, attempt: 1 });
}

// What a real client sent with the secret INVALID; the service repeated the signature in its refusal.
it.each([
  {
    name: 'R1',
    at: '2022-05-04T06:45:46Z',
    date: '20220504T064546Z',
    path: '/api/me',
    signature: 'aa33705151c1654e7b7bd64cd68ab08a0b5385bbf4c8fff370f7ffeff6f59a58',
  },
  {
    name: 'R2',
    at: '2022-07-26T12:21:39Z',
    date: '20220726T122139Z',
    path: '/api/users',
    signature: '4a6618a86946aae0f903a42b205d2c155d98b33adffab4a09ecd70eb2c21be6f',
  },
])('signs $name as it was seen on the wire', async ({ at, date, path, signature }) => {
  const headers = await sign(HOST + path, { at, secret: 'INVALID' });

  expect(headers).toEqual({
    host: 'securecn.cisco.com',
    'x-escher-date': date,
    'x-escher-auth': `ESR-HMAC-SHA256 Credential=${KEY_ID}/${date.slice(0, 8)}/${SCOPE}, SignedHeaders=host;x-escher-date, Signature=${signature}`,
  });
});

const TELEMETRIES =
  '/api/appTelemetries?sortKey=appName&sortDir=ASC&startTime=2023-03-01T09:15:30.250Z&endTime=2024-03-01T09:15:30.250Z&offset=0&maxResults=200';

// Computed with the package and with an independent chain of HMACs.
it.each([
  ['A', 'GET', `${HOST}/api/users`, '2d7b19daf88a7f7441f5c93206649a2f3a65a90d12213dea949efbcf2adc7d97'],
  ['B', 'GET', HOST + TELEMETRIES, 'd1b3f5bf3dff92888d98b80e4bac001437c0c80bd3f8d52b470e4133595a23fe'],
  [
    'B with encoded colons',
    'GET',
    HOST + TELEMETRIES.replaceAll(':', '%3A'),
    'd1b3f5bf3dff92888d98b80e4bac001437c0c80bd3f8d52b470e4133595a23fe',
  ],
  [
    'C',
    'GET',
    `${HOST}/api/images/640af106-ffb4-4b9e-942d-8f2a59526b1b/vulnerabilities?offset=200&maxResults=200`,
    '1a313b41ebe237a65f096e71eeee2439416455683a6cf78d16750ccea2f8235a',
  ],
  [
    'D',
    'GET',
    `${HOST}/api/appTelemetries?namespacesFilter=W3siaWQiOiJhK2IvYyJ9XQ%3D%3D&sortKey=appName`,
    'd2f12837e8e766c11474e1503e49fd594347d81fb5ef15556a0b9f546bda69cf',
  ],
  ['E', 'POST', `${HOST}/api/account/usageStatus`, '96dd728e293a524fba4f58d4781ae715d4e682541aea192cc7e7398834e20f30'],
  ['F', 'GET', 'https://127.0.0.1:8443/api/users', 'f5b75cd8eeb5a2feee065ce04956a67c9e279f46b158aeae068ec8f1b23345bd'],
])('signs vector %s', async (_name, method, target, signature) => {
  const headers = await sign(target, { method, at: '2024-03-01T09:15:30.250Z' });

  expect(headers).toEqual({
    host: new URL(target).host,
    'x-escher-date': '20240301T091530Z',
    'x-escher-auth': `ESR-HMAC-SHA256 Credential=${KEY_ID}/20240301/${SCOPE}, SignedHeaders=host;x-escher-date, Signature=${signature}`,
  });
});

it.each([
  ['a space', '/api/users?name=a b'],
  ['a plus sign', '/api/users?name=a+b'],
  ['quotes and parentheses', "/api/users?name='(x)'"],
  ['characters beyond ASCII', '/api/users?name=\u00e9\u4e2d'],
  ['a parameter without a value', '/api/users?name'],
  ['an encoded slash', '/api/a%2Fb'],
])('signs what is sent: a server accepts %s', async (_what, target) => {
  const url = new URL(`http://127.0.0.1:8443${target}`);

  const headers = await sign(url.href, { at: '2024-03-01T09:15:30.250Z' });

  const server = new Escher({ credentialScope: SCOPE });
  const keyId = server.authenticate(
    { method: 'GET', url: url.pathname + url.search, headers: Object.entries(headers), body: '' },
    () => SECRET,
  );
  expect(keyId).toBe(KEY_ID);
});

it('signs anew with the time of each attempt', async () => {
  const first = await sign(`${HOST}/api/users`, { at: '2024-03-01T09:15:30Z' });
  const second = await sign(`${HOST}/api/users`, { at: '2024-03-01T09:15:31Z' });

  expect(second['x-escher-date']).toBe('20240301T091531Z');
  expect(second['x-escher-auth']).not.toBe(first['x-escher-auth']);
});
