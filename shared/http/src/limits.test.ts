import { AdaptiveConcurrency, RateLimiter, type RateLimitFeedback } from '@vendor-graph/flow-control';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import { noAuth, testClient } from './testing/test-client.js';
import { answer, chunkedAnswer, jsonAnswer } from './testing/answers.js';
import { recordEvents } from './testing/record-events.js';
import { startWireServer } from './testing/wire-server.js';

/** Remembers what it is told. */
class RecordingLimiter extends RateLimiter {
  readonly learned: RateLimitFeedback[] = [];

  override learn(feedback: RateLimitFeedback): void {
    this.learned.push(feedback);
    super.learn(feedback);
  }
}

it('sends no faster than the limiter allows, and signs when it is allowed', async () => {
  const clock = new VirtualClock();
  const rateLimiter = new RateLimiter({ limit: 10, windowMs: 1_000, clock });
  const signedAt: number[] = [];
  const auth = {
    ...noAuth,
    sign: () => {
      signedAt.push(clock.monotonic());
      return {};
    },
  };
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({ baseUrl: server.baseUrl, clock, rateLimiter, auth });

  await clock.run(() => Promise.all(Array.from({ length: 25 }, () => client.requestJson('/list'))), {
    busy: () => client.inFlight > 0,
  });

  expect(signedAt).toEqual([
    ...Array<number>(10).fill(0),
    ...Array<number>(10).fill(1_000),
    ...Array<number>(5).fill(2_000),
  ]);
  expect(client.stats.rateLimitWaitMs).toBe(10 * 1_000 + 5 * 2_000);
});

it('tells the limiter of every request once, also of those without an answer', async () => {
  const clock = new VirtualClock();
  const rateLimiter = new RecordingLimiter({ clock });
  const answers = [
    jsonAnswer([], { headers: { 'x-ratelimit-limit': 100, 'x-ratelimit-remaining': 99, 'x-ratelimit-reset': 36_000 } }),
    answer('', { status: '429 Slow', headers: { 'retry-after': '2' } }),
    answer('', { status: '404 Not Found' }),
  ];
  const server = await startWireServer((socket, { number }) => {
    const next = answers[number - 1];
    if (next === undefined) socket.resetAndDestroy();
    else socket.write(next);
  });
  const client = testClient({ baseUrl: server.baseUrl, clock, rateLimiter, retry: { attempts: 1 } });

  await clock.run(
    async () => {
      await client.requestJson('/list');
      for (let call = 0; call < 2; call += 1) await client.requestJson('/list').catch(() => undefined);
    },
    { busy: () => client.inFlight > 0 },
  );

  // A reset in ten hours is cut to the longest wait that the policy allows.
  expect(rateLimiter.learned).toEqual([
    { limit: 100, remaining: 99, resetAfterMs: 300_000 },
    { rejected: true, retryAfterMs: 2_000 },
    {},
    {},
  ]);
});

it('gives its place to the next one while it waits to be sent again', async () => {
  const clock = new VirtualClock();
  const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1, clock });
  const server = await startWireServer((socket, { target, number }) => {
    socket.write(
      number === 1 ? answer('', { status: '503 Busy', headers: { 'retry-after': '60' } }) : jsonAnswer([target]),
    );
  });
  const client = testClient({ baseUrl: server.baseUrl, clock, concurrency });
  const done: string[] = [];

  await clock.run(
    () =>
      Promise.all(
        ['/first', '/second'].map(async (path) => {
          await client.requestJson(path);
          done.push(`${path} ${clock.monotonic()}`);
        }),
      ),
    { busy: () => client.inFlight > 0 },
  );

  expect(done).toEqual(['/second 0', '/first 60000']);
  expect([concurrency.inFlight, concurrency.peak, client.stats.peakInFlight]).toEqual([0, 1, 1]);
});

it('holds its place while a stream is read', async () => {
  const concurrency = new AdaptiveConcurrency({ initial: 2, max: 2 });
  const server = await startWireServer((socket) => socket.write(chunkedAnswer(['1\n', '2\n'])));
  const client = testClient({ baseUrl: server.baseUrl, concurrency });

  const held: number[] = [];
  for await (const line of client.streamJsonLines('/lines')) held.push(line.lineNumber * 10 + concurrency.inFlight);

  expect(held).toEqual([11, 21]);
  expect(concurrency.inFlight).toBe(0);
});

it.each([
  ['503', (): Buffer => answer('', { status: '503 Busy' }), true],
  ['500', (): Buffer => answer('', { status: '500 Oops' }), true],
  ['429', (): Buffer => answer('', { status: '429 Slow' }), true],
  ['404', (): Buffer => answer('', { status: '404 Not Found' }), false],
  ['200', (): Buffer => jsonAnswer([]), false],
])('lowers the number of requests under way after %s: %s', async (_what, bytes, isLowered) => {
  const concurrency = new AdaptiveConcurrency({ initial: 8, max: 8 });
  const server = await startWireServer((socket) => socket.write(bytes()));
  const client = testClient({ baseUrl: server.baseUrl, concurrency, retry: { attempts: 1, rateLimitAttempts: 1 } });

  await client.requestJson('/list').catch(() => undefined);

  expect(concurrency.limit).toBe(isLowered ? 4 : 8);
});

it('tells on the diagnostics channel until when requests wait for the limiter', async () => {
  const clock = new VirtualClock(0);
  const events = recordEvents();
  const rateLimiter = new RateLimiter({ limit: 1, windowMs: 5_000, clock });
  const server = await startWireServer((socket) => socket.write(jsonAnswer([])));
  const client = testClient({ baseUrl: server.baseUrl, clock, rateLimiter });

  await clock.run(
    async () => {
      await client.requestJson('/a');
      await client.requestJson('/b');
    },
    { busy: () => client.inFlight > 0 },
  );

  expect(events.filter(({ type }) => type === 'wait')).toEqual([
    {
      type: 'wait',
      product: 'acme',
      endpoint: `GET ${server.baseUrl}/b`,
      attempt: 1,
      delayMs: 5_000,
      untilMs: 5_000,
      reason: 'rate-limit',
    },
  ]);
});
