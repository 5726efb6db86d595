import { readdirSync, readFileSync } from 'node:fs';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import Escher from 'escher-auth';
import Hawk from 'hawk';
import { expect, it, vi } from 'vitest';
import { bearerAuth } from './auth/bearer.js';
import { escherAuth } from './auth/escher.js';
import { hawkAuth } from './auth/hawk.js';
import { signedKeyAuth } from './auth/signed-key.js';
import { answer, jsonAnswer } from './testing/answers.js';
import { testClient } from './testing/test-client.js';
import { startWireServer, type WireRequest } from './testing/wire-server.js';

const ID = 'user-1';
const KEY = 'an-example-key-0123456789abcdef';
const CREDENTIALS = { id: ID, key: KEY, algorithm: 'sha256', user: ID } as const;
const HOUR_MS = 3_600_000;

/** The package takes a plain object too; `localtimeOffsetMsec` sets the server's clock. */
const authenticate = Hawk.server.authenticate as unknown as (
  request: { method: string; url: string; headers: Readonly<Record<string, string>> },
  credentials: () => object,
  options: object,
) => Promise<{ artifacts: Hawk.crypto.Artifacts }>;

interface Refusal {
  output: { statusCode: number; headers: Record<string, string> };
}

/** What a Hawk server answers whose clock differs from the machine's. */
async function hawkAnswer(
  { method, target, headers, body }: WireRequest,
  localtimeOffsetMsec: number,
): Promise<Buffer> {
  try {
    const options = { localtimeOffsetMsec, ...(body === '' ? {} : { payload: body }) };
    const { artifacts } = await authenticate({ method, url: target, headers }, () => CREDENTIALS, options);
    const payload = JSON.stringify(['done']);
    const proof = Hawk.server.header(CREDENTIALS, artifacts, { payload, contentType: 'application/json' });
    return jsonAnswer(['done'], { headers: { 'server-authorization': proof } });
  } catch (error) {
    const { output } = error as Refusal;
    return answer('', { status: `${output.statusCode} Refused`, headers: output.headers });
  }
}

it.each([
  ['an hour behind', HOUR_MS],
  ['an hour ahead', -HOUR_MS],
])('needs one more request, the first time, when the local clock is %s', async (_what, serverOffsetMs) => {
  const skews: number[] = [];
  const server = await startWireServer((socket, request) => {
    void hawkAnswer(request, serverOffsetMs).then((bytes) => socket.write(bytes));
  });
  const auth = hawkAuth({ id: ID, key: KEY, onClockSkew: (offsetMs) => skews.push(offsetMs) });
  const client = testClient({ baseUrl: server.baseUrl, auth, retry: { attempts: 1 } });

  const answers = [await client.requestJson('/v2/agents'), await client.requestJson('/v2/agents?status=online')];

  expect(answers.map(({ body }) => body)).toEqual([['done'], ['done']]);
  expect(server.requests).toHaveLength(3);
  expect(skews.map((offsetMs) => Math.round(offsetMs / 10_000) * 10_000)).toEqual([serverOffsetMs]);
  expect(client.stats).toMatchObject({ requests: 3, retries: 1, unverifiedAnswers: 0 });
});

it('takes a second 401 for an answer', async () => {
  const server = await startWireServer((socket) => {
    const { ts, tsm } = Hawk.crypto.timestampMessage(CREDENTIALS, HOUR_MS);
    const challenge = `Hawk ts="${ts}", tsm="${tsm}", error="Stale timestamp"`;
    socket.write(answer('', { status: '401 Unauthorized', headers: { 'www-authenticate': challenge } }));
  });
  const client = testClient({ baseUrl: server.baseUrl, auth: hawkAuth({ id: ID, key: KEY }) });

  await expect(client.requestJson('/v2/agents')).rejects.toMatchObject({
    name: 'HttpStatusError',
    status: 401,
    attempts: 2,
    retriesExhausted: false,
  });
  expect(server.requests).toHaveLength(2);
});

it('signs a body by its hash, so that the server can check it', async () => {
  const server = await startWireServer((socket, request) => {
    void hawkAnswer(request, 0).then((bytes) => socket.write(bytes));
  });
  const client = testClient({ baseUrl: server.baseUrl, auth: hawkAuth({ id: ID, key: KEY }) });

  const { body } = await client.requestJson('/v2/alerts/dismiss', { method: 'POST', json: { ids: ['é'] } });

  expect(body).toEqual(['done']);
});

it('counts an answer whose authentication is wrong, and uses it all the same', async () => {
  let told = 0;
  const server = await startWireServer((socket) => {
    socket.write(jsonAnswer(['done'], { headers: { 'server-authorization': 'Hawk mac="AAAA", hash="BBBB"' } }));
  });
  const auth = hawkAuth({ id: ID, key: KEY, onUnverifiedAnswer: () => (told += 1) });
  const client = testClient({ baseUrl: server.baseUrl, auth });

  await client.requestJson('/v2/agents');
  const { body } = await client.requestJson('/v2/agents');

  expect(body).toEqual(['done']);
  expect(client.stats.unverifiedAnswers).toBe(2);
  expect(told).toBe(1);
});

it('never repeats a Hawk signature in 10,000 attempts of the same request', async () => {
  const auth = hawkAuth({ id: ID, key: KEY, clock: new VirtualClock() });
  const url = new URL('https://api.example.com/v2/agents');

  const macs = new Set<string | undefined>();
  for (let attempt = 1; attempt <= 10_000; attempt += 1) {
    const { authorization = '' } = await auth.sign({ method: 'GET', url, headers: {}, attempt });
    macs.add(/mac="([^"]+)"/.exec(authorization)?.[1]);
  }

  expect(macs.size).toBe(10_000);
});

it('is accepted by an Escher server, with a query that needs encoding', async () => {
  const escher = new Escher({ credentialScope: 'eu/service/escher_request' });
  const server = await startWireServer((socket, { method, target, headers, body }) => {
    const keyId = escher.authenticate({ method, url: target, headers: Object.entries(headers), body }, () => KEY);
    socket.write(jsonAnswer([keyId]));
  });
  const auth = escherAuth({ accessKeyId: ID, secretKey: KEY, credentialScope: 'eu/service/escher_request' });
  const client = testClient({ baseUrl: `${server.baseUrl}/api`, auth });

  const query = { filter: 'a b+c/d=(é)', at: '2024-03-01T09:15:30.250Z', list: ['2', '1'] };
  const answers = [
    await client.requestJson('/users', { query }),
    await client.requestJson('/users', { method: 'POST', json: query }),
  ];

  expect(answers.map(({ body }) => body)).toEqual([[ID], [ID]]);
});

it('signs the second attempt with its own time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2024, 2, 1, 9, 15, 30) });
  try {
    const server = await startWireServer((socket, { number }) => {
      vi.setSystemTime(Date.UTC(2024, 2, 1, 9, 15, 30 + number));
      socket.write(number === 1 ? answer('', { status: '503 Busy', headers: { 'retry-after': '0' } }) : jsonAnswer([]));
    });
    const auth = escherAuth({ accessKeyId: ID, secretKey: KEY, credentialScope: 'eu/service/escher_request' });
    const client = testClient({ baseUrl: server.baseUrl, auth });

    await client.requestJson('/users');

    expect(server.requests.map(({ headers }) => headers['x-escher-date'])).toEqual([
      '20240301T091530Z',
      '20240301T091531Z',
    ]);
    expect(new Set(server.requests.map(({ headers }) => headers['x-escher-auth'])).size).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

it('sends the three headers of a signed key', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const auth = signedKeyAuth({
    apiKey: 'AKexample',
    apiSecret: 'example-secret-0123456789abcdef',
    clock: new VirtualClock(1633802740_000),
  });
  const client = testClient({ baseUrl: `${server.baseUrl}/stage`, auth });

  await client.requestJson('/v2/accounts/10630', { query: { expand: 'group' } });

  expect(server.requests[0]).toMatchObject({
    target: '/stage/v2/accounts/10630?expand=group',
    headers: {
      'x-api-key': 'AKexample',
      'x-timestamp': '1633802740',
      'x-signature': '50434efc0fd7b8b559f49096712dd9c39b41733f0fcb64296a996db4e4b37384',
    },
  });
});

it('renews a bearer token once after a 401, for a POST too: a request that was refused had no effect', async () => {
  let issued = 0;
  const server = await startWireServer((socket, { headers }) => {
    socket.write(
      headers['authorization'] === 'Bearer token-2' ? jsonAnswer(['done']) : answer('', { status: '401 Unauthorized' }),
    );
  });
  const client = testClient({ baseUrl: server.baseUrl, auth: bearerAuth({ token: () => `token-${(issued += 1)}` }) });

  const { body } = await client.requestJson('/list', { method: 'POST', json: {} });

  expect(body).toEqual(['done']);
  expect([server.requests.length, issued]).toEqual([2, 2]);
});

it('passes on why no token could be had', async () => {
  const reason = new Error('the sign-in service is down');
  const client = testClient({
    baseUrl: 'http://127.0.0.1:1',
    auth: bearerAuth({ token: () => Promise.reject(reason) }),
  });

  await expect(client.requestJson('/list')).rejects.toBe(reason);
  expect(client.stats.requests).toBe(0);
});

it('imports the signing packages in its authentication files only', () => {
  const folder = new URL('./', import.meta.url);
  const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.test-d|\.d)\.ts$/.test(file))
    .filter((file) => /from '(?:hawk|escher-auth)'/.test(readFileSync(new URL(file, folder), 'utf8')));

  expect(importing.sort()).toEqual(['auth/escher.ts', 'auth/hawk.ts']);
});
