import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { answer, head, jsonAnswer } from './testing/answers.js';
import { testClient } from './testing/test-client.js';
import { startWireServer, type Respond } from './testing/wire-server.js';

async function errorOf(respond: Respond, options: Parameters<typeof testClient>[0] | object = {}): Promise<Error> {
  const server = await startWireServer(respond);
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 }, ...options });
  const error = await client.requestJson('/list?token=x').catch((reason: unknown) => reason as Error);
  if (!(error instanceof Error)) throw new TypeError('the request did not fail');
  error.message = error.message.replace(server.baseUrl, 'http://host');
  return error;
}

it.each<[what: string, bytes: Buffer, message: string]>([
  [
    'the message and the id of the request',
    jsonAnswer(
      { message: 'Access denied', errors: ['Please login.'] },
      { status: '403 Forbidden', headers: { 'x-amzn-requestid': 'r-1' } },
    ),
    'GET http://host/list answered 403 Forbidden: Access denied; Please login. (request r-1)',
  ],
  ['the status alone', answer('', { status: '404 Not Found' }), 'GET http://host/list answered 404 Not Found'],
  ['a status without text', answer('', { status: '404 ' }), 'GET http://host/list answered 404'],
  [
    'a text body',
    answer('Invalid API Key\n', { status: '401 Unauthorized' }),
    'GET http://host/list answered 401 Unauthorized: Invalid API Key',
  ],
  [
    'a compressed body',
    answer(gzipSync('{"error":"no"}'), { status: '400 Bad Request', headers: { 'content-encoding': 'gzip' } }),
    'GET http://host/list answered 400 Bad Request: no',
  ],
  [
    'a body in ISO-8859-1',
    answer(Buffer.from('{"message":"caf\xe9"}', 'latin1'), {
      status: '401 No',
      headers: { 'content-type': 'application/json;charset=ISO-8859-1' },
    }),
    'GET http://host/list answered 401 No: café',
  ],
  [
    'as much as came of a body that is cut',
    Buffer.concat([head('400 Bad Request', { 'content-length': 99 }), Buffer.from('the parameter')]),
    'GET http://host/list answered 400 Bad Request: the parameter',
  ],
  [
    'a body in an encoding that was not asked for',
    answer('x', { status: '400 Bad Request', headers: { 'content-encoding': 'zstd' } }),
    'GET http://host/list answered 400 Bad Request',
  ],
])('tells %s', async (_what, bytes, message) => {
  const error = await errorOf((socket) => socket.end(bytes));

  expect(error.message).toBe(message);
  expect(error.name).toBe('HttpStatusError');
});

it('reads only the beginning of an error body that never ends', async () => {
  const error = await errorOf((socket) => {
    socket.write(head('400 Bad Request', { 'transfer-encoding': 'chunked' }));
    const more = (): void => {
      if (!socket.destroyed) socket.write(`3e8\r\n${'x'.repeat(1_000)}\r\n`, () => setImmediate(more));
    };
    more();
  });

  expect(error.message).toBe(`GET http://host/list answered 400 Bad Request: ${'x'.repeat(499)}…`);
});

it("prefers the vendor's own way to find the message", async () => {
  const error = await errorOf(
    (socket) => socket.write(jsonAnswer({ message: 'a', reason: 'b' }, { status: '400 Bad' })),
    {
      vendorMessage: (body: unknown) => (body as { reason: string }).reason,
    },
  );

  expect(error).toMatchObject({ vendorMessage: 'b' });
});

it.each([
  [401, 'Mon, 01 Jan 2024 00:10:00 GMT', 600_000, "; the local clock is 600 s behind the server's: set it right"],
  [403, 'Sun, 31 Dec 2023 23:58:59 GMT', -61_000, "; the local clock is 61 s ahead of the server's: set it right"],
  [401, 'Mon, 01 Jan 2024 00:00:59 GMT', 59_000, ''],
  [404, 'Mon, 01 Jan 2024 00:10:00 GMT', 600_000, ''],
])('names a wrong clock when %i may come from it (server time %s)', async (status, date, differenceMs, hint) => {
  const error = await errorOf((socket) => socket.write(answer('', { status: `${status} No`, headers: { date } })), {
    clock: new VirtualClock(Date.UTC(2024, 0, 1)),
  });

  expect(error).toMatchObject({ status, clockDifferenceMs: differenceMs });
  expect(error.message).toBe(`GET http://host/list answered ${status} No${hint}`);
});

it.each<[what: string, bytes: Buffer, body: unknown]>([
  ['with JSON', jsonAnswer({ none: true }, { status: '404 Not Found' }), { none: true }],
  ['with a page', answer('<html></html>', { status: '404 Not Found' }), undefined],
  ['without a body', answer('', { status: '404 Not Found' }), undefined],
])('answers a status that the caller accepts %s', async (_what, bytes, body) => {
  const server = await startWireServer((socket) => socket.write(bytes));
  const client = testClient({ baseUrl: server.baseUrl });

  const accepted = await client.requestJson('/list?a=1', { accept: [404] });

  expect(accepted).toMatchObject({ status: 404, body, url: new URL(`${server.baseUrl}/list?a=1`) });
});

it('answers 204 when the caller accepts it', async () => {
  const server = await startWireServer((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
  const client = testClient({ baseUrl: server.baseUrl });

  expect(await client.requestJson('/list', { accept: [204] })).toMatchObject({ status: 204, body: undefined });
});

it('hands over the headers of an answer, but no cookies', async () => {
  const server = await startWireServer((socket) =>
    socket.write(
      jsonAnswer([], { headers: { 'X-Total': 7, 'set-cookie': 'session=secret', 'x-twice': 'a\r\nx-twice: b' } }),
    ),
  );
  const client = testClient({ baseUrl: server.baseUrl });

  const { headers } = await client.requestJson('/list');

  expect(headers).toEqual({
    'content-length': '2',
    'content-type': 'application/json',
    'x-total': '7',
    'x-twice': 'a, b',
  });
});

it('sends what every request needs, and what the caller adds', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({ baseUrl: server.baseUrl });

  await client.requestJson('/list', { headers: { 'X-Extra': '1', Accept: 'application/vnd.acme+json' } });

  expect(server.requests[0]?.headers).toEqual({
    host: new URL(server.baseUrl).host,
    connection: 'keep-alive',
    accept: 'application/vnd.acme+json',
    'accept-encoding': 'gzip, br, deflate',
    'user-agent': 'acme/1.2.3',
    'x-extra': '1',
  });
});
