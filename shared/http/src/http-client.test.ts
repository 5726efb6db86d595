import { expect, it } from 'vitest';
import { jsonAnswer } from './testing/answers.js';
import { noAuth, testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

it('sends a request to the base URL plus the path, and decodes the answer', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer({ items: [1] })));
  const client = testClient({ baseUrl: new URL(`${server.baseUrl}/api/`) });

  const answer = await client.requestJson('/v1/things', { query: { a: 'b c', list: ['1', '2'], none: undefined } });

  const endpoint = `GET ${server.baseUrl}/api/v1/things`;
  expect(answer).toMatchObject({ endpoint, status: 200, body: { items: [1] } });
  expect(answer.url.href).toBe(`${server.baseUrl}/api/v1/things?a=b+c&list=1&list=2`);
  expect(server.requests[0]?.target).toBe('/api/v1/things?a=b+c&list=1&list=2');
});

it('refuses to send credentials in the clear over a network', () => {
  expect(() => testClient({ baseUrl: 'http://api.example.com' })).toThrow(
    new TypeError('baseUrl must begin with https:// (http:// is allowed on a loopback address only)'),
  );
});

it('refuses a path that would leave the base URL, before anything is sent', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({ baseUrl: server.baseUrl });

  await expect(client.requestJson('/v1/../admin')).rejects.toThrow(TypeError);
  await expect(client.streamJsonLines('v1').next()).rejects.toThrow(TypeError);
  expect(server.connections).toBe(0);
});

it.each(['connectMs', 'headersMs', 'bodyMs', 'totalMs'])(
  'refuses a %s that is no time, before anything is sent',
  async (name) => {
    const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
    const client = testClient({ baseUrl: server.baseUrl });
    const refusal = (ms: number): RangeError =>
      new RangeError(`timeouts.${name} must be a number of milliseconds from 0 on, got ${ms}`);

    expect(() => testClient({ baseUrl: server.baseUrl, timeouts: { [name]: NaN } })).toThrow(refusal(NaN));
    await expect(client.requestJson('/v1', { timeouts: { [name]: NaN } })).rejects.toThrow(refusal(NaN));
    await expect(client.streamJsonLines('/v1', { timeouts: { [name]: -1 } }).next()).rejects.toThrow(refusal(-1));
    expect([client.inFlight, server.connections]).toEqual([0, 0]);
  },
);

it('passes on the error of a scheme that cannot sign, and gives everything back', async () => {
  const reason = new TypeError('no key');
  const client = testClient({
    baseUrl: 'http://127.0.0.1:1',
    auth: {
      ...noAuth,
      sign: () => {
        throw reason;
      },
    },
  });

  await expect(client.requestJson('/list')).rejects.toBe(reason);
  expect(client.stats).toMatchObject({ requests: 0, inFlight: 0 });
});

it("passes on the error of a vendor's hook, and gives everything back", async () => {
  const reason = new TypeError('a mistake in the hook');
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({
    baseUrl: server.baseUrl,
    rateLimitFeedback: () => {
      throw reason;
    },
  });

  await expect(client.requestJson('/list')).rejects.toBe(reason);
  await server.allClosed();
  expect(client.inFlight).toBe(0);
});

it('counts what it has done', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([1, 2])));
  const client = testClient({ baseUrl: server.baseUrl });

  await Promise.all([client.requestJson('/a'), client.requestJson('/b')]);

  expect(client.stats).toEqual({
    requests: 2,
    retries: 0,
    rateLimitWaitMs: 0,
    bytes: 10,
    inFlight: 0,
    peakInFlight: 2,
    unverifiedAnswers: 0,
  });
});

it('keeps the figures that it has handed out', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({ baseUrl: server.baseUrl });
  const before = client.stats;

  await client.requestJson('/a');

  expect(before.requests).toBe(0);
});

it('takes an option that is undefined for one that is not given', async () => {
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({
    baseUrl: server.baseUrl,
    timeouts: { headersMs: undefined },
    retry: { attempts: undefined },
  });

  await expect(client.requestJson('/a', { timeouts: { bodyMs: undefined } })).resolves.toMatchObject({ status: 200 });
});
