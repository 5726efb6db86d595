import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import type { HttpClient } from './http-client.js';
import { answer, chunk, chunkedAnswer, head } from './testing/answers.js';
import { recordEvents } from './testing/record-events.js';
import { testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

async function valuesOf(client: HttpClient): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value } of client.streamJsonLines('/lines')) values.push(value);
  return values;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

it.each([
  ['a status that may pass', (socket: Socket) => socket.write(answer('', { status: '503 Busy' }))],
  ['a reset before the body', (socket: Socket) => socket.resetAndDestroy()],
  [
    'a reset between headers and body',
    (socket: Socket) =>
      socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }), () => socket.resetAndDestroy()),
  ],
  ['an end between headers and body', (socket: Socket) => socket.end(head('200 OK', { 'content-length': 4 }))],
  ['an answer that has no lines at all', (socket: Socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n')],
])('sends again after %s: nothing has been handed out yet', async (_what, fail) => {
  const server = await startWireServer((socket, { number }) => {
    if (number === 1) fail(socket);
    else socket.write(answer('1\n2\n'));
  });
  const client = testClient({ baseUrl: server.baseUrl });

  expect(await valuesOf(client)).toEqual([1, 2]);
  expect(server.requests).toHaveLength(2);
});

it('never sends again once a line may have been handed out', async () => {
  const server = await startWireServer((socket) => socket.end(chunkedAnswer(['1\n2\n3'], { end: false })));
  const client = testClient({ baseUrl: server.baseUrl });
  const values: unknown[] = [];

  const reading = (async () => {
    for await (const { value } of client.streamJsonLines('/lines')) values.push(value);
  })();

  await expect(reading).rejects.toMatchObject({
    name: 'BodyError',
    code: 'TRUNCATED_BODY',
    attempts: 1,
    retriesExhausted: true,
  });
  expect(values).toEqual([1, 2]);
  expect(server.requests).toHaveLength(1);
});

it('holds the server back while the consumer works', async () => {
  const line = `"${'x'.repeat(1_021)}"\n`;
  const piece = chunk(line.repeat(64));
  let offered = 0;
  const server = await startWireServer((socket) => {
    socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }));
    const more = (): void => {
      // 64 MiB in all, far more than the buffers of both ends hold.
      if (offered === 1_024) socket.end('0\r\n\r\n');
      else {
        offered += 1;
        if (socket.write(piece)) setImmediate(more);
        else socket.once('drain', more);
      }
    };
    more();
  });
  const client = testClient({ baseUrl: server.baseUrl });
  const lines = client.streamJsonLines('/lines');

  await lines.next();
  let before = -1;
  while (offered !== before) {
    before = offered;
    await turns(50);
  }
  const offeredWhilePaused = offered;
  let read = 1;
  for await (const { value } of lines) read += String(value).length === 1_021 ? 1 : 0;

  expect(offeredWhilePaused).toBeLessThan(512);
  expect(read).toBe(1_024 * 64);
});

it('takes no more from the server than a slow consumer can use', async () => {
  const line = `"${'x'.repeat(1_021)}"\n`;
  const piece = chunk(line.repeat(16));
  const pieces = 2_048;
  let offered = 0;
  const server = await startWireServer((socket) => {
    socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }));
    const more = (): void => {
      while (offered < pieces) {
        offered += 1;
        if (!socket.write(piece)) {
          socket.once('drain', more);
          return;
        }
      }
      socket.end('0\r\n\r\n');
    };
    more();
  });
  const client = testClient({ baseUrl: server.baseUrl });

  let largestLead = 0;
  for await (const { lineNumber } of client.streamJsonLines('/lines')) {
    if (lineNumber % 16 !== 0) continue;
    largestLead = Math.max(largestLead, offered - lineNumber / 16);
    await turns(1);
  }

  // The buffers of the kernel hold some megabytes; all that is offered is 32.
  expect(offered).toBe(pieces);
  expect(largestLead * piece.length).toBeLessThan(16 * 1_024 * 1_024);
});

it.each([
  ['plain', (text: string) => answer(text)],
  ['compressed', (text: string) => answer(gzipSync(text), { headers: { 'content-encoding': 'gzip' } })],
])('does not take a consumer that pauses for a server that stalls: %s', async (_how, frame) => {
  const clock = new VirtualClock();
  const text = Array.from({ length: 40 }, (_, at) => `{"at":${at},"text":"${'x'.repeat(20_000)}"}\n`).join('');
  const server = await startWireServer((socket) => socket.end(frame(text)));
  const client = testClient({ baseUrl: server.baseUrl, clock, timeouts: { bodyMs: 1_000 } });
  let isPaused = false;

  const count = await clock.run(
    async () => {
      let lines = 0;
      for await (const { value } of client.streamJsonLines('/lines')) {
        expect(value).toHaveProperty('at', lines);
        lines += 1;
        isPaused = true;
        await clock.sleep(10_000);
        isPaused = false;
      }
      return lines;
    },
    { busy: () => client.inFlight > 0 && !isPaused },
  );

  expect(count).toBe(40);
  expect([clock.monotonic(), clock.pendingSleeps]).toEqual([400_000, 0]);
});

it('ends a stream that stalls, counted from when the consumer came back for more', async () => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket) => {
    socket.write(chunkedAnswer(['1\n'], { end: false }), () => setImmediate(() => (server.isSilent = true)));
  });
  const client = testClient({ baseUrl: server.baseUrl, clock, timeouts: { bodyMs: 1_000 } });
  const values: unknown[] = [];

  const error = await clock.run(
    async () => {
      try {
        for await (const { value } of client.streamJsonLines('/lines')) {
          values.push(value);
          await clock.sleep(5_300);
        }
        return undefined;
      } catch (reason) {
        return reason;
      }
    },
    { busy: () => client.inFlight > 0 && !server.isSilent },
  );

  expect(error).toMatchObject({ name: 'TimeoutError', code: 'BODY_TIMEOUT', retriesExhausted: true });
  expect(values).toEqual([1]);
  expect(clock.monotonic()).toBe(6_300);
});

it("has no total time limit, unless the call gives one: the client's is for whole answers", async () => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket) => socket.write(answer('1\n2\n3\n')));
  const client = testClient({ baseUrl: server.baseUrl, clock, timeouts: { totalMs: 1_000 } });
  const slowly = async (totalMs?: number): Promise<unknown> => {
    const values: unknown[] = [];
    const options = totalMs === undefined ? {} : { timeouts: { totalMs } };
    try {
      for await (const { value } of client.streamJsonLines('/lines', options)) {
        values.push(value);
        await clock.sleep(2_000);
      }
      return values;
    } catch (error) {
      return error;
    }
  };

  expect(await clock.run(() => slowly())).toEqual([1, 2, 3]);
  expect(await clock.run(() => slowly(3_000))).toMatchObject({ code: 'TOTAL_TIMEOUT' });
});

it('tells of the end of a stream on the diagnostics channel, complete or not', async () => {
  const events = recordEvents();
  const server = await startWireServer((socket) => socket.write(answer('1\n2\n')));
  const client = testClient({ baseUrl: server.baseUrl });

  await valuesOf(client);
  for await (const { value } of client.streamJsonLines('/lines')) {
    expect(value).toBe(1);
    break;
  }

  expect(events.map(({ type, status, bytes, code }) => ({ type, status, bytes, code }))).toEqual([
    { type: 'request' },
    { type: 'response', status: 200, bytes: 4 },
    { type: 'request' },
    { type: 'failure', status: 200, bytes: 4, code: 'STOPPED' },
  ]);
  expect(client.stats).toMatchObject({ requests: 2, bytes: 8, inFlight: 0, peakInFlight: 1 });
});
