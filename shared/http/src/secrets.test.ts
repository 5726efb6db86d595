import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { AuthScheme } from './auth/auth-scheme.js';
import { bearerAuth } from './auth/bearer.js';
import { escherAuth } from './auth/escher.js';
import { hawkAuth } from './auth/hawk.js';
import { signedKeyAuth } from './auth/signed-key.js';
import { answer, chunkedAnswer, head, jsonAnswer } from './testing/answers.js';
import { recordEvents } from './testing/record-events.js';
import { leaksIn, secretForms } from './testing/secret-forms.js';
import { testClient } from './testing/test-client.js';
import { startWireServer, type WireRequest } from './testing/wire-server.js';

/** With everything that some encoding writes differently. */
const SECRET = 'c4n4ry$k"e+y/=\'<&>\\x\nend';
const TOKEN = 'c4n4ry-token+with/chars=~$';
const QUERY_TOKEN = 'page-token-c4n4ry';

const SCHEMES: [name: string, auth: () => AuthScheme][] = [
  ['Hawk', () => hawkAuth({ id: 'user-1', key: SECRET, ext: 'organization-1' })],
  [
    'Escher',
    () => escherAuth({ accessKeyId: 'key-1', secretKey: SECRET, credentialScope: 'eu/service/escher_request' }),
  ],
  ['a signed key', () => signedKeyAuth({ apiKey: 'AKc4n4ry0123456789', apiSecret: SECRET })],
  ['a bearer token', () => bearerAuth({ token: TOKEN })],
];

/** What a thoughtless server might repeat: the credentials in all their forms, and the headers that it was sent. */
function echo(auth: AuthScheme, { headers }: WireRequest): string[] {
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const derived = derivedValues(headers).flatMap((value) => Object.values(secretForms(value)));
  return [...auth.secrets.flatMap((secret) => Object.values(secretForms(secret))), ...sent, ...derived];
}

/** The signatures and tokens in the headers of a request. */
function derivedValues(headers: Readonly<Record<string, string>>): string[] {
  const { authorization = '', 'x-escher-auth': escher = '', 'x-signature': signature = '' } = headers;
  return [
    /mac="([^"]+)"/.exec(authorization)?.[1],
    /Bearer (.*)/.exec(authorization)?.[1],
    /Signature=(.*)/.exec(escher)?.[1],
    signature,
    authorization,
    escher,
  ].filter((value): value is string => value !== undefined && value !== '');
}

function inHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '');
}

const FAILURES: [kind: string, respond: (socket: Socket, texts: string[]) => void][] = [
  [
    '400 with JSON',
    (socket, texts) => socket.write(jsonAnswer({ message: texts.join(' '), errors: texts }, { status: '400 Bad' })),
  ],
  ['401 with text', (socket, texts) => socket.write(answer(texts.join('\n'), { status: '401 Unauthorized' }))],
  [
    '403 with a page',
    (socket, texts) => socket.write(answer(`<html><title>${texts.join(' ')}</title>`, { status: '403 Forbidden' })),
  ],
  [
    '404 with a nested message',
    (socket, texts) => socket.write(jsonAnswer({ error: { message: texts.join() } }, { status: '404 Not Found' })),
  ],
  [
    '429',
    (socket, texts) =>
      socket.write(jsonAnswer({ detail: texts.join() }, { status: '429 Slow', headers: { 'retry-after': '0' } })),
  ],
  ['500', (socket, texts) => socket.write(jsonAnswer({ title: texts.join() }, { status: '500 Oops' }))],
  ['a status text', (socket, texts) => socket.write(answer('', { status: `403 ${inHeader(texts.join(' '))}` }))],
  [
    'a request id',
    (socket, texts) =>
      socket.write(answer('', { status: '403 No', headers: { 'x-request-id': inHeader(texts.join(' ')) } })),
  ],
  [
    'a redirect',
    (socket, texts) =>
      socket.write(
        answer('', {
          status: '302 Found',
          headers: { location: `/${encodeURIComponent(texts.join(' '))}?${inHeader(texts.join('&'))}` },
        }),
      ),
  ],
  [
    'a body that is not JSON',
    (socket, texts) => socket.write(answer(texts.join(), { headers: { 'content-type': inHeader(texts.join()) } })),
  ],
  [
    'JSON that is cut',
    (socket, texts) =>
      socket.end(Buffer.concat([head('200 OK', { 'content-length': 99_999 }), Buffer.from(JSON.stringify(texts))])),
  ],
  ['garbage', (socket, texts) => socket.end(texts.join('\r\n'))],
  [
    'headers that are too large',
    (socket, texts) => socket.write(head('200 OK', { 'x-echo': inHeader(texts.join()).repeat(99) })),
  ],
  [
    'a garbage header',
    (socket, texts) => socket.write(`HTTP/1.1 200 OK\r\n${inHeader(texts.join('\u0000'))}\u0000: x\r\n\r\n`),
  ],
];

it.each(SCHEMES.flatMap(([scheme, auth]) => FAILURES.map(([kind, respond]) => ({ scheme, kind, auth, respond }))))(
  'keeps the secrets of $scheme out of errors and events when a server repeats them in $kind',
  async ({ auth: createAuth, respond }) => {
    const events = recordEvents();
    const auth = createAuth();
    const server = await startWireServer((socket, request) => {
      respond(socket, echo(auth, request));
    });
    const client = testClient({
      baseUrl: server.baseUrl,
      auth,
      retry: { attempts: 2, baseDelayMs: 0, rateLimitAttempts: 2 },
    });

    const error: unknown = await client
      .requestJson('/list', { query: { token: QUERY_TOKEN } })
      .catch((reason: unknown) => reason);

    const secrets = [...auth.secrets, QUERY_TOKEN, ...server.requests.flatMap(({ headers }) => derivedValues(headers))];
    expect(error).toBeInstanceOf(Error);
    expect(leaksIn(everythingOf(error), secrets)).toEqual([]);
    expect(leaksIn(everythingOf(events), secrets)).toEqual([]);
    expect(events.length).toBeGreaterThan(1);
  },
);

it.each(SCHEMES)('keeps the secrets of %s out of the errors of a stream', async (_scheme, createAuth) => {
  const auth = createAuth();
  const server = await startWireServer((socket, request) => {
    socket.write(chunkedAnswer(['{}\n', echo(auth, request).join(' ').replaceAll('\n', ' ')]));
  });
  const client = testClient({ baseUrl: server.baseUrl, auth });
  const lines = client.streamJsonLines('/lines', { query: { token: QUERY_TOKEN } });
  await lines.next();

  const error: unknown = await lines.next().catch((reason: unknown) => reason);

  const secrets = [...auth.secrets, QUERY_TOKEN, ...server.requests.flatMap(({ headers }) => derivedValues(headers))];
  expect(error).toMatchObject({ name: 'BodyError', lineNumber: 2, byteOffset: 3 });
  expect(leaksIn(everythingOf(error), secrets)).toEqual([]);
});

it('cuts a secret from the path that errors and events name', async () => {
  const events = recordEvents();
  const server = await startWireServer((socket) => socket.write(answer('', { status: '404 Not Found' })));
  const client = testClient({ baseUrl: server.baseUrl, auth: bearerAuth({ token: 'secret-in-a-path' }) });

  const error: unknown = await client.requestJson('/v1/secret-in-a-path/x').catch((reason: unknown) => reason);

  expect(error).toMatchObject({ endpoint: `GET ${server.baseUrl}/v1/[REDACTED]/x` });
  expect(events.map(({ endpoint }) => endpoint)).toEqual(Array(2).fill(`GET ${server.baseUrl}/v1/[REDACTED]/x`));
});

it("cuts what the vendor's own pattern finds", async () => {
  const server = await startWireServer((socket) =>
    socket.write(jsonAnswer({ error: 'token ET0123456789 is unknown' }, { status: '401 No' })),
  );
  const client = testClient({ baseUrl: server.baseUrl, redact: (text) => text.replace(/\bET\d+\b/g, '***') });

  await expect(client.requestJson('/list')).rejects.toMatchObject({ vendorMessage: 'token *** is unknown' });
});

it('holds neither headers nor bodies nor causes on an error', async () => {
  const server = await startWireServer((socket) =>
    socket.write(
      jsonAnswer(
        { message: 'no' },
        { status: '403 Forbidden', headers: { 'x-amzn-requestid': 'r-1', 'set-cookie': 'session=1' } },
      ),
    ),
  );
  const client = testClient({ baseUrl: server.baseUrl, auth: bearerAuth({ token: TOKEN }) });

  const error = await client.requestJson('/list').catch((reason: unknown) => reason as Error);

  expect({ ...(error as object) }).toEqual({
    name: 'HttpStatusError',
    code: 'HTTP_STATUS',
    endpoint: `GET ${server.baseUrl}/list`,
    attempts: 1,
    retriesExhausted: false,
    status: 403,
    statusText: 'Forbidden',
    vendorMessage: 'no',
    requestId: 'r-1',
  });
  expect(error).not.toHaveProperty('cause');
});

function everythingOf(value: unknown): string {
  const error = value instanceof Error ? [value.message, value.stack, JSON.stringify(Object.entries(value))] : [];
  return [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), ...error].join('\n');
}
