import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bearerAuth } from './auth/bearer.js';
import { HttpClient } from './http-client.js';

const servers: Server[] = [];
const clients: HttpClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function clientOf(listener: RequestListener): Promise<HttpClient> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  const client = new HttpClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    product: { name: 'acme', version: '1.2.3' },
    auth: bearerAuth({ token: 'token-0123456789' }),
    random: () => 0,
  });
  clients.push(client);
  return client;
}

it('decodes the JSON body of an answer', async () => {
  const client = await clientOf((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ url: request.url, agent: request.headers['user-agent'], auth: request.headers.authorization }),
    );
  });

  const answer = await client.requestJson('/v1/things', { query: { a: 'b c', list: ['1', '2'], none: undefined } });

  expect(answer.body).toEqual({
    url: '/v1/things?a=b+c&list=1&list=2',
    agent: 'acme/1.2.3',
    auth: 'Bearer token-0123456789',
  });
});

it('streams JSON lines', async () => {
  const client = await clientOf((_request, response) => {
    response.write('{"a":1}\n\n{"a"');
    response.end(':"ü"}');
  });

  const lines = [];
  for await (const line of client.streamJsonLines('/lines')) lines.push(line);

  expect(lines).toEqual([
    { value: { a: 1 }, lineNumber: 1, byteOffset: 0 },
    { value: { a: 'ü' }, lineNumber: 3, byteOffset: 9 },
  ]);
  expect(client.inFlight).toBe(0);
});

it('ends with a typed error when retries are used up', async () => {
  const client = await clientOf((_request, response) => {
    response.statusCode = 503;
    response.end('{"message":"busy with token-0123456789"}');
  });

  await expect(client.requestJson('/v1/things?secret=1', { retry: { attempts: 2 } })).rejects.toMatchObject({
    name: 'HttpStatusError',
    status: 503,
    attempts: 2,
    retriesExhausted: true,
    vendorMessage: 'busy with [REDACTED]',
  });
});
