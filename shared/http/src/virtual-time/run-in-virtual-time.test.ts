import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { RequestsUnderWay } from './requests-under-way.js';
import { runInVirtualTime } from './run-in-virtual-time.js';
import { answer, head, jsonAnswer } from '../testing/answers.js';
import { testClient } from '../testing/test-client.js';
import { startWireServer } from '../testing/wire-server.js';

const UNAVAILABLE = answer('', { status: '503 Unavailable', headers: { 'retry-after': '300' } });

it('lets the waits between requests pass at once', async () => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket, { number }) =>
    socket.write(number === 1 ? UNAVAILABLE : jsonAnswer(['done'])),
  );
  const client = testClient({ baseUrl: server.baseUrl, clock });

  const { body } = await runInVirtualTime(clock, () => client.requestJson('/'));

  expect(body).toEqual(['done']);
  expect(clock.monotonic()).toBe(300_000);
});

it('stands still while an answer takes its time', async () => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket) => {
    // Many times more turns of the event loop than a clock waits for news.
    afterTurns(200, () => socket.write(jsonAnswer(['late'])));
  });
  const client = testClient({ baseUrl: server.baseUrl, clock, timeouts: { headersMs: 1_000 } });

  const { body } = await runInVirtualTime(clock, () => client.requestJson('/'));

  expect(body).toEqual(['late']);
  expect(clock.monotonic()).toBe(0);
});

it('goes on when answers stall, if that is part of the test', async () => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket) => socket.write(head('200 OK', { 'content-length': 100 })));
  const timeouts = { connectMs: 60_000, headersMs: 60_000, bodyMs: 60_000 };
  const client = testClient({ baseUrl: server.baseUrl, clock, retry: { attempts: 1 }, timeouts });

  const request = runInVirtualTime(clock, () => client.requestJson('/'), { stalledAfterMs: 20 });

  await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(clock.monotonic()).toBe(60_000);
});

it('hands on the error of the work and stops counting', async () => {
  const reason = new Error('the work failed');

  await expect(runInVirtualTime(new VirtualClock(), () => Promise.reject(reason))).rejects.toBe(reason);
});

it('counts requests of all clients from their sending to the ends of their answers', async () => {
  const requests = new RequestsUnderWay();
  const counts: number[] = [];
  const server = await startWireServer((socket) => {
    counts.push(requests.count);
    socket.write(jsonAnswer([]));
  });
  const [first, second] = [testClient({ baseUrl: server.baseUrl }), testClient({ baseUrl: server.baseUrl })];

  await first.requestJson('/');
  await second.requestJson('/');
  const afterwards = requests.count;
  requests.stop();
  await first.requestJson('/');

  expect(counts).toEqual([1, 1, 0]);
  expect(afterwards).toBe(0);
});

function afterTurns(count: number, callback: () => void): void {
  if (count === 0) callback();
  else setImmediate(afterTurns, count - 1, callback);
}
