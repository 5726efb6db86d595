import { AdaptiveConcurrency, RateLimiter } from '@vendor-graph/flow-control';
import { constants, gzipSync } from 'node:zlib';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { answer, chunkedAnswer, head } from './testing/answers.js';
import { noAuth, testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

const REASON = new Error('the user has pressed Ctrl-C');

it('ends with the reason of the caller when the answer has not begun', async () => {
  const caller = new AbortController();
  const server = await startWireServer(() => {
    caller.abort(REASON);
  });
  const client = testClient({ baseUrl: server.baseUrl });

  await expect(client.requestJson('/list', { signal: caller.signal })).rejects.toBe(REASON);
  await server.allClosed();
  expect(client.inFlight).toBe(0);
});

it('ends with the reason of the caller in the middle of a body', async () => {
  const caller = new AbortController();
  const server = await startWireServer((socket) => {
    socket.write(head('200 OK', { 'content-length': 9 }), () => {
      caller.abort(REASON);
    });
  });
  const client = testClient({ baseUrl: server.baseUrl });

  await expect(client.requestJson('/list', { signal: caller.signal })).rejects.toBe(REASON);
  await server.allClosed();
});

it('ends with the reason of the caller while it backs off', async () => {
  const clock = new VirtualClock();
  const caller = new AbortController();
  const server = await startWireServer((socket) =>
    socket.write(answer('', { status: '503 Busy', headers: { 'retry-after': '60' } })),
  );
  const client = testClient({ baseUrl: server.baseUrl, clock });
  void clock.sleep(30_000).then(() => {
    caller.abort(REASON);
  });

  const error = await clock.run(
    () => client.requestJson('/list', { signal: caller.signal }).catch((reason: unknown) => reason),
    {
      busy: () => client.inFlight > 0,
    },
  );

  expect(error).toBe(REASON);
  expect([clock.monotonic(), clock.pendingSleeps]).toEqual([30_000, 0]);
});

it('leaves the queues at once when the caller gives up', async () => {
  const clock = new VirtualClock();
  const rateLimiter = new RateLimiter({ limit: 1, windowMs: 60_000, clock });
  const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1, clock });
  await rateLimiter.acquire();
  const client = testClient({ baseUrl: 'http://127.0.0.1:1', clock, rateLimiter, concurrency });
  const caller = new AbortController();

  const calls = [1, 2].map(() =>
    client.requestJson('/list', { signal: caller.signal }).catch((reason: unknown) => reason),
  );
  await clock.advance(0);
  caller.abort(REASON);

  expect(await Promise.all(calls)).toEqual([REASON, REASON]);
  expect([concurrency.inFlight, rateLimiter.waitingUntil, clock.pendingSleeps]).toEqual([0, undefined, 0]);
});

it('asks for no new token once the caller has given up', async () => {
  const caller = new AbortController();
  let renewals = 0;
  const server = await startWireServer((socket) => {
    socket.write(head('401 Unauthorized', { 'content-length': 9 }), () => {
      caller.abort(REASON);
    });
  });
  const auth = { ...noAuth, recover: () => (renewals += 1) > 0 };
  const client = testClient({ baseUrl: server.baseUrl, auth });

  await expect(client.requestJson('/list', { signal: caller.signal })).rejects.toBe(REASON);
  expect([renewals, server.requests.length]).toEqual([0, 1]);
});

it('sends nothing when the caller has given up before', async () => {
  const server = await startWireServer((socket) => socket.write(answer('[]')));
  const client = testClient({ baseUrl: server.baseUrl });

  await expect(client.requestJson('/list', { signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON);
  await expect(client.streamJsonLines('/list', { signal: AbortSignal.abort(REASON) }).next()).rejects.toBe(REASON);
  expect(server.connections).toBe(0);
});

it('ends a stream with the reason of the caller, although lines are there', async () => {
  const caller = new AbortController();
  const server = await startWireServer((socket) => socket.write(chunkedAnswer(['1\n', '2\n'], { end: false })));
  const client = testClient({ baseUrl: server.baseUrl });
  const values: unknown[] = [];

  const reading = (async () => {
    for await (const { value } of client.streamJsonLines('/list', { signal: caller.signal })) {
      values.push(value);
      if (values.length === 2) caller.abort(REASON);
    }
  })();

  await expect(reading).rejects.toBe(REASON);
  expect(values).toEqual([1, 2]);
  await server.allClosed();
  expect(client.inFlight).toBe(0);
});

it.each([
  ['plain', chunkedAnswer(['1\n', '2\n'], { end: false })],
  ['compressed', chunkedAnswer([gzipPart('1\n2\n')], { end: false, headers: { 'content-encoding': 'gzip' } })],
])('closes the connection when the consumer of a stream stops early: %s', async (_how, bytes) => {
  const server = await startWireServer((socket) => socket.write(bytes));
  const client = testClient({ baseUrl: server.baseUrl });

  for await (const { value } of client.streamJsonLines('/list')) {
    expect(value).toBe(1);
    break;
  }

  await server.allClosed();
  expect(client.inFlight).toBe(0);
});

it('ends what is under way when it is closed, and refuses what comes after', async () => {
  const server = await startWireServer((socket) => socket.write(head('200 OK', { 'content-length': 9 })));
  const client = testClient({ baseUrl: server.baseUrl });
  const json = client.requestJson('/list');
  const line = client.streamJsonLines('/list').next();
  const closed = { name: 'ConnectionError', code: 'CLIENT_CLOSED', retriesExhausted: false };
  const underWay = Promise.all([
    expect(json).rejects.toMatchObject(closed),
    expect(line).rejects.toMatchObject(closed),
  ]);
  while (server.requests.length < 2) await new Promise(setImmediate);

  await client.close();
  await client.close();

  await underWay;
  await expect(client.requestJson('/list')).rejects.toMatchObject(closed);
  await server.allClosed();
  expect([server.openSockets, client.inFlight]).toEqual([0, 0]);
});

/** The beginning of a gzip body: all of the text, but no end mark. */
function gzipPart(text: string): Buffer {
  return gzipSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
}
