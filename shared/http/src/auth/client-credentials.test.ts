import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { ConnectionError } from '../errors/connection-error.js';
import { HttpStatusError } from '../errors/http-status-error.js';
import { TokenError } from '../errors/token-error.js';
import type { HttpClient } from '../http-client.js';
import type { HttpEvent } from '../http-events.js';
import { answer, jsonAnswer } from '../testing/answers.js';
import { recordEvents } from '../testing/record-events.js';
import { testClient } from '../testing/test-client.js';
import { startWireServer, type WireRequest, type WireServer } from '../testing/wire-server.js';
import { clientCredentialsAuth } from './client-credentials.js';

const SECRET = 'client secret/+1';
/** `client 1` and the secret, form-encoded, joined, in base64: computed by hand. */
const ENCODED = 'Y2xpZW50KzE6Y2xpZW50K3NlY3JldCUyRiUyQjE=';
const START = Date.UTC(2026, 0, 1);

it('buys one token for many requests, with the credentials in a header and nowhere else', async () => {
  const server = await tokenServer((_request, count) => jsonAnswer(tokenAnswer(count)));
  const client = clientOf(server);

  await Promise.all([client.requestJson('/list'), client.requestJson('/list'), client.requestJson('/list')]);

  const [bought, ...others] = server.requests;
  expect(bought).toMatchObject({
    method: 'POST',
    target: '/oauth/token?tenant=1',
    body: 'grant_type=client_credentials&scope=read%3Ausers+read%3Agroups',
    headers: { authorization: `Basic ${ENCODED}`, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(others.map(({ target, headers }) => [target, headers['authorization']])).toEqual(
    Array(3).fill(['/list', 'Bearer token-1']),
  );
});

it.each([
  ['a minute before it expires', 3600, 3_539_999, 3_540_000],
  ['at half-time, when it lives for less than two minutes', 30, 14_999, 15_000],
  ['as a text, which some servers send', '3600', 3_539_999, 3_540_000],
])('renews a token %s', async (_when, expiresIn, stillHeldMs, renewedMs) => {
  const clock = new VirtualClock(START);
  const server = await tokenServer((_request, count) => jsonAnswer({ ...tokenAnswer(count), expires_in: expiresIn }));
  const client = clientOf(server, clock);

  await client.requestJson('/list');
  await clock.advance(stillHeldMs);
  await client.requestJson('/list');
  await clock.advance(renewedMs - stillHeldMs);
  await client.requestJson('/list');

  expect(bearersOf(server)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
});

it('renews a token once after a 401, whatever its expiry says', async () => {
  const server = await tokenServer((_request, count) => jsonAnswer(tokenAnswer(count)), {
    accepts: (bearer) => bearer === 'Bearer token-2',
  });

  const { body } = await clientOf(server).requestJson('/list');

  expect(body).toEqual(['done']);
  expect(bearersOf(server)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

it('gives up after the second 401', async () => {
  const server = await tokenServer((_request, count) => jsonAnswer(tokenAnswer(count)), { accepts: () => false });

  await expect(clientOf(server).requestJson('/list')).rejects.toMatchObject({
    endpoint: `GET ${server.baseUrl}/list`,
    status: 401,
  });
  expect(bearersOf(server)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

it.each([
  ['400 Bad Request', { error: 'invalid_scope', error_description: 'no such scope' }, 'invalid_scope', 'no such scope'],
  ['401 Unauthorized', { error: 'invalid_client' }, 'invalid_client', 'invalid_client'],
  ['403 Forbidden', { message: 'blocked' }, undefined, 'check client id, client secret and scope'],
  ['401 Unauthorized', { error: `no ${SECRET}` }, undefined, 'check client id'],
])('says that no token was issued after %s %j', async (status, body, oauthError, words) => {
  const server = await tokenServer(() => jsonAnswer(body, { status }));

  const error = await failureOf(clientOf(server));

  expect(error).toBeInstanceOf(TokenError);
  expect(error).toMatchObject({
    code: 'TOKEN_REFUSED',
    endpoint: `POST ${server.baseUrl}/oauth/token`,
    status: Number(status.slice(0, 3)),
    attempts: 1,
  });
  expect(Reflect.get(error, 'oauthError')).toBe(oauthError);
  expect(error.message).toContain(words);
  expect(bearersOf(server)).toEqual([]);
});

it.each([
  ['no token', {}, 'no access_token'],
  ['an empty token', { access_token: '' }, 'no access_token'],
  ['a token of another type', { access_token: 'token-1', token_type: 'mac' }, 'a token of another type than bearer'],
])('does not go on with %s', async (_what, body, words) => {
  const server = await tokenServer(() => jsonAnswer(body));

  const error = await failureOf(clientOf(server));

  expect(error).toMatchObject({ name: 'TokenError', code: 'NO_TOKEN', status: 200 });
  expect(error.message).toContain(words);
});

it('asks again when the authorization server is out of order for a moment', async () => {
  const clock = new VirtualClock(START);
  const server = await tokenServer((_request, count) =>
    count < 3 ? answer('', { status: '503 Busy', headers: { 'retry-after': '1' } }) : jsonAnswer(tokenAnswer(count)),
  );

  const { body } = await clock.run(() => clientOf(server, clock).requestJson('/list'), {
    busy: underWay(),
  });

  expect(body).toEqual(['done']);
  expect(bearersOf(server)).toEqual(['Bearer token-3']);
});

it.each([
  ['is out of order for good', '503 Busy', HttpStatusError],
  ['redirects', '302 Found', Error],
])('passes on that the authorization server %s', async (_what, status, type) => {
  const clock = new VirtualClock(START);
  const server = await tokenServer(() => answer('', { status, headers: { location: 'https://elsewhere.example' } }));

  const error = await clock.run(() => failureOf(clientOf(server, clock)), { busy: underWay() });

  expect(error).toBeInstanceOf(type);
  expect(error).toMatchObject({ endpoint: `POST ${server.baseUrl}/oauth/token`, status: Number(status.slice(0, 3)) });
});

it('passes on that the authorization server is not there', async () => {
  const clock = new VirtualClock(START);
  const server = await tokenServer(() => Buffer.alloc(0));
  const client = testClient({
    baseUrl: server.baseUrl,
    auth: clientCredentialsAuth({ ...credentials('http://127.0.0.1:1/token'), clock }),
    clock,
  });

  const error = await clock.run(() => failureOf(client), { busy: underWay() });

  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

it('lets no authorization server echo the secret into an error', async () => {
  const echo = `${SECRET} ${encodeURIComponent(SECRET)} ${ENCODED} client+secret%2F%2B1`;
  const server = await tokenServer(() =>
    jsonAnswer({ error: 'invalid_client', error_description: echo }, { status: '401 Unauthorized' }),
  );

  const error = await failureOf(clientOf(server));
  const told = JSON.stringify([error, error.message, error.stack]);

  expect(told).toContain('invalid_client');
  for (const secret of [SECRET, 'client%20secret', 'client+secret', ENCODED]) expect(told).not.toContain(secret);
});

it('names secret and tokens as secrets of the requests, too', async () => {
  const server = await tokenServer((_request, count) => jsonAnswer(tokenAnswer(count)));
  const auth = clientCredentialsAuth(credentials(`${server.baseUrl}/oauth/token`));

  await auth.sign({ method: 'GET', url: new URL(server.baseUrl), headers: {}, attempt: 1 });

  expect(auth.secrets).toEqual([SECRET, 'client+secret%2F%2B1', ENCODED, 'token-1']);
});

it.each([
  ['nonsense', 'tokenUrl is not a URL'],
  ['http://login.example.com/token', 'tokenUrl must begin with https://'],
  ['ftp://127.0.0.1/token', 'tokenUrl must begin with https://'],
  ['https://user:password@login.example.com/token', 'tokenUrl must not hold credentials'],
])('refuses the token URL %s', (tokenUrl, words) => {
  expect(() => clientCredentialsAuth(credentials(tokenUrl))).toThrow(words);
});

/** Issues tokens at /oauth/token, and answers anything else if the token is right. */
async function tokenServer(
  issue: (request: WireRequest, count: number) => Buffer,
  { accepts = () => true }: { accepts?: (bearer: string | undefined) => boolean } = {},
): Promise<WireServer> {
  let count = 0;
  return startWireServer((socket, request) => {
    if (request.target.startsWith('/oauth/token')) socket.write(issue(request, (count += 1)));
    else if (accepts(request.headers['authorization'])) socket.write(jsonAnswer(['done']));
    else socket.write(answer('', { status: '401 Unauthorized' }));
  });
}

/** Tells whether a request of any client is on the wire, from now on: those for tokens belong to clients of their own. */
function underWay(): () => boolean {
  const events = recordEvents();
  const count = (...types: HttpEvent['type'][]): number => events.filter(({ type }) => types.includes(type)).length;
  return () => count('request') > count('response', 'failure');
}

function tokenAnswer(count: number): Record<string, unknown> {
  return { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 };
}

function credentials(tokenUrl: string): Parameters<typeof clientCredentialsAuth>[0] {
  return {
    tokenUrl,
    clientId: 'client 1',
    clientSecret: SECRET,
    scope: 'read:users read:groups',
    product: { name: 'acme', version: '1.2.3' },
    random: () => 0,
  };
}

function clientOf(server: WireServer, clock = new VirtualClock(START)): HttpClient {
  const auth = clientCredentialsAuth({ ...credentials(`${server.baseUrl}/oauth/token?tenant=1`), clock });
  return testClient({ baseUrl: server.baseUrl, auth, clock });
}

async function failureOf(client: HttpClient): Promise<Error> {
  return client.requestJson('/list').then(
    () => new Error('The request was answered.'),
    (error: unknown) => error as Error,
  );
}

function bearersOf(server: WireServer): (string | undefined)[] {
  return server.requests.filter(({ target }) => target === '/list').map(({ headers }) => headers['authorization']);
}
