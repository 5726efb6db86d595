import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import type { AuthScheme } from './auth/auth-scheme.js';
import type { HttpClientOptions, RequestOptions } from './client-options.js';
import { HttpError } from './errors/http-error.js';
import type { HttpClient } from './http-client.js';
import { answer, head, jsonAnswer } from './testing/answers.js';
import { recordEvents } from './testing/record-events.js';
import { testClient } from './testing/test-client.js';
import { startWireServer, type Respond, type WireServer } from './testing/wire-server.js';

interface Bench {
  readonly server: WireServer;
  readonly client: HttpClient;
  readonly clock: VirtualClock;
  /** Sends a request in virtual time. */
  readonly send: (options?: RequestOptions) => Promise<unknown>;
  /** When each request came in, ms of virtual time since the first. */
  readonly arrivals: () => number[];
}

async function bench(respond: Respond, options: Partial<HttpClientOptions> = {}): Promise<Bench> {
  const clock = new VirtualClock(Date.UTC(2024, 0, 1));
  const times: number[] = [];
  const server = await startWireServer((socket, request) => {
    times.push(clock.monotonic());
    respond(socket, request);
  });
  const client = testClient({ baseUrl: server.baseUrl, clock, random: () => 0.5, ...options });
  return {
    server,
    client,
    clock,
    send: async (requestOptions) =>
      clock.run(
        async () => {
          try {
            return (await client.requestJson('/list', requestOptions)).body;
          } catch (error) {
            return error;
          }
        },
        { busy: () => client.inFlight > 0 && !server.isSilent },
      ),
    arrivals: () => times.map((time) => time - (times[0] ?? 0)),
  };
}

function answering(...answers: (Buffer | 'reset')[]): Respond {
  return (socket, { number }) => {
    const next = answers[Math.min(number, answers.length) - 1];
    if (next === undefined || next === 'reset') socket.resetAndDestroy();
    else socket.write(next);
  };
}

const status = (code: number, headers: Record<string, string> = {}): Buffer =>
  answer('', { status: `${code} Status`, headers });
const OK = jsonAnswer(['done']);

it.each([408, 425, 429, 500, 502, 503, 504])('sends again after %i', async (code) => {
  const { send, server } = await bench(answering(status(code), OK));

  expect(await send()).toEqual(['done']);
  expect(server.requests).toHaveLength(2);
});

it.each([400, 401, 402, 403, 404, 409, 410, 422, 451, 501, 505])('does not send again after %i', async (code) => {
  const { send, server } = await bench(answering(status(code), OK));

  const error = await send();

  expect(error).toMatchObject({ name: 'HttpStatusError', status: code, attempts: 1, retriesExhausted: false });
  expect(server.requests).toHaveLength(1);
});

it.each<[what: string, failure: Buffer | 'reset']>([
  ['408', status(408)],
  ['429', status(429)],
  ['500', status(500)],
  ['503 with Retry-After', status(503, { 'retry-after': '1' })],
  ['a reset', 'reset'],
  ['a cut body', Buffer.concat([head('200 OK', { 'content-length': 1 }), Buffer.from('{}')])],
  ['a page instead of JSON', answer('<html></html>')],
])('never sends a POST again after %s: it may have had its effect', async (_what, failure) => {
  const { send, server } = await bench(answering(failure, OK));

  const error = await send({ method: 'POST', json: { a: 1 } });

  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ attempts: 1, retriesExhausted: false });
  expect(server.requests).toHaveLength(1);
});

it('sends a POST again when it could not connect, because nothing was sent', async () => {
  const first = await startWireServer(() => undefined);
  const { baseUrl, port } = first;
  first.close();
  const clock = new VirtualClock();
  const client = testClient({ baseUrl, clock, random: () => 0.5 });

  const error = await clock.run(
    () =>
      client
        .requestJson('/list', { method: 'POST', json: {}, retry: { attempts: 3 } })
        .catch((reason: unknown) => reason),
    { busy: () => client.inFlight > 0 },
  );

  expect(error).toMatchObject({ name: 'ConnectionError', code: 'ECONNREFUSED', attempts: 3, retriesExhausted: true });
  expect((error as Error).message).toBe(
    `POST ${baseUrl}/list could not be reached: connect ECONNREFUSED 127.0.0.1:${port} (ECONNREFUSED); gave up after 3 attempts`,
  );
  expect(clock.monotonic()).toBe(500 + 1_000);
});

it('gives up sooner on a host that refuses when the policy says so', async () => {
  const first = await startWireServer(() => undefined);
  const { baseUrl } = first;
  first.close();
  const clock = new VirtualClock();
  const client = testClient({ baseUrl, clock, retry: { attempts: 8, unreachableAttempts: 2 } });

  const error = await clock.run(() => client.requestJson('/list').catch((reason: unknown) => reason), {
    busy: () => client.inFlight > 0,
  });

  expect(error).toMatchObject({ code: 'ECONNREFUSED', attempts: 2, retriesExhausted: true });
});

it('sends JSON compactly and states its type', async () => {
  const { send, server } = await bench(answering(OK));

  await send({ method: 'POST', json: { validity: 240, list: ['é'] } });

  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    body: '{"validity":240,"list":["é"]}',
    headers: { 'content-type': 'application/json', 'content-length': '30' },
  });
});

it('backs off exponentially with full jitter until the attempts are used up', async () => {
  const { send, arrivals } = await bench(answering(status(503)), { retry: { baseDelayMs: 1_000, maxDelayMs: 5_000 } });

  const error = await send();

  expect(error).toMatchObject({
    name: 'HttpStatusError',
    status: 503,
    attempts: 5,
    retriesExhausted: true,
    message: expect.stringMatching(/answered 503 Status; gave up after 5 attempts$/) as string,
  });
  expect(arrivals()).toEqual([0, 500, 500 + 1_000, 500 + 1_000 + 2_000, 500 + 1_000 + 2_000 + 2_500]);
});

it.each([
  ['0', 0],
  ['2', 2_000],
  ['2.5', 2_500],
  ['Mon, 01 Jan 2024 00:00:30 GMT', 30_000],
  ['Sun, 31 Dec 2023 00:00:00 GMT', 0],
  ['1000000000', 300_000],
  // What says nothing leaves the back-off: half of the first range with this jitter.
  ['-1', 500],
  ['', 500],
  ['soon', 500],
])('waits after Retry-After %j for %i ms instead of the back-off', async (value, waitMs) => {
  const { send, arrivals } = await bench(answering(status(503, { 'retry-after': value }), OK));

  await send();

  expect(arrivals()).toEqual([0, waitMs]);
});

it('does not count waits for the rate limit as attempts', async () => {
  const limited = status(429, { 'retry-after': '10' });
  const answers = [...Array.from({ length: 12 }, () => limited), status(500), OK];
  const { send, arrivals, client } = await bench(answering(...answers), { retry: { attempts: 2 } });

  expect(await send()).toEqual(['done']);
  expect(arrivals().at(-1)).toBe(12 * 10_000 + 500);
  expect(client.stats).toMatchObject({ requests: 14, retries: 13, rateLimitWaitMs: 120_000 });
});

it('gives up when one request would have waited too long for the rate limit', async () => {
  const { send, arrivals } = await bench(answering(status(429, { 'retry-after': '60' })), {
    retry: { rateLimitWaitCapMs: 150_000 },
  });

  const error = await send();

  expect(error).toMatchObject({ status: 429, attempts: 3, retriesExhausted: true });
  expect((error as Error).message).toMatch(
    /; gave up after 3 attempts, because one request waits at most 150000 ms for the rate limit$/,
  );
  expect(arrivals()).toEqual([0, 60_000, 120_000]);
});

it('counts 429s as attempts of their own when the policy says so', async () => {
  const { send } = await bench(answering(status(429, { 'retry-after': '1' })), { retry: { rateLimitAttempts: 4 } });

  expect(await send()).toMatchObject({ status: 429, attempts: 4, retriesExhausted: true });
});

it('never asks in a tight loop, even when a 429 always says "at once"', async () => {
  const { send, server } = await bench(answering(status(429, { 'retry-after': '0' })), { random: () => 0 });

  expect(await send()).toMatchObject({ status: 429, retriesExhausted: true });
  expect(server.requests.length).toBeLessThan(100);
});

it('waits until the limit is reset when a 429 tells only that', async () => {
  const { send, arrivals } = await bench(answering(status(429, { 'x-ratelimit-reset': '7' }), OK));

  await send();

  expect(arrivals()).toEqual([0, 7_000]);
});

it("waits by the vendor's own headers", async () => {
  const { send, arrivals } = await bench(answering(status(429, { 'x-rate-limit-reset': '7000' }), OK), {
    rateLimitFeedback: ({ headers }) => ({ retryAfterMs: Number(headers['x-rate-limit-reset']) + 250 }),
  });

  await send();

  expect(arrivals()).toEqual([0, 7_250]);
});

it('takes a status for final when the vendor says so', async () => {
  const { send, server } = await bench(
    answering(jsonAnswer({ error: 'daily quota' }, { status: '429 Too Many', headers: { 'x-left': '0' } })),
    {
      mayRetry: ({ status: code, headers, body }) =>
        !(code === 429 && headers['x-left'] === '0' && (body as { error: string }).error === 'daily quota'),
    },
  );

  expect(await send()).toMatchObject({
    status: 429,
    vendorMessage: 'daily quota',
    attempts: 1,
    retriesExhausted: false,
  });
  expect(server.requests).toHaveLength(1);
});

it('asks once more for an answer that is not JSON, or as often as the policy says', async () => {
  const page = answer('<html></html>');
  const byDefault = await bench(answering(page));
  const never = await bench(answering(page), { retry: { malformedRetries: 0 } });
  const often = await bench(answering(page, page, page, OK), { retry: { malformedRetries: 3 } });

  expect(await byDefault.send()).toMatchObject({ code: 'NOT_JSON', attempts: 2, retriesExhausted: false });
  expect(await never.send()).toMatchObject({ code: 'NOT_JSON', attempts: 1 });
  expect(await often.send()).toEqual(['done']);
});

it('adds less than a fifth to the requests of a server that always fails', async () => {
  const { client, clock, server } = await bench(answering(status(503)));
  const calls = 1_000;

  const errors = await clock.run(
    async () => {
      const ends: unknown[] = [];
      for (let call = 0; call < calls; call += 1)
        ends.push(await client.requestJson('/list').catch((reason: unknown) => reason));
      return ends;
    },
    { busy: () => client.inFlight > 0 },
  );

  expect(server.requests).toHaveLength(calls + 100);
  expect(errors.at(-1)).toMatchObject({ status: 503, attempts: 1, retriesExhausted: true });
  expect((errors.at(-1) as Error).message).toMatch(
    /; gave up after 1 attempt, because too many requests of this client have failed \(retry budget\)$/,
  );
});

it('earns new retries by success', async () => {
  let failing = true;
  const { client, clock } = await bench((socket) => socket.write(failing ? status(503) : OK));
  const send = (): Promise<unknown> =>
    clock.run(() => client.requestJson('/list', { retry: { attempts: 2 } }).catch((reason: unknown) => reason), {
      busy: () => client.inFlight > 0,
    });
  for (let call = 0; call < 101; call += 1) await send();

  failing = false;
  for (let call = 0; call < 5; call += 1) await send();
  failing = true;

  expect(await send()).toMatchObject({ attempts: 2 });
  expect(await send()).toMatchObject({ attempts: 1 });
});

it('signs every attempt anew, after all waits', async () => {
  const signedAt: number[] = [];
  const auth: AuthScheme = {
    secrets: [],
    sign: ({ attempt }) => {
      signedAt.push(clock.monotonic());
      return { 'x-attempt': String(attempt) };
    },
  };
  const answers = [status(503, { 'retry-after': '30' }), status(429, { 'retry-after': '60' }), OK];
  const { send, server, clock } = await bench(answering(...answers), { auth });

  await send();

  expect(server.requests.map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2', '3']);
  expect(signedAt).toEqual([0, 30_000, 90_000]);
});

it('tells what it does on the diagnostics channel', async () => {
  const events = recordEvents();
  const { send, server, clock } = await bench(answering(status(503), status(429, { 'retry-after': '2' }), 'reset', OK));

  await send({ query: { token: 'not-for-events' } });

  const endpoint = `GET ${server.baseUrl}/list`;
  const common = { product: 'acme', endpoint };
  const began = clock.now() - 500 - 2_000 - 1_000;
  expect(events.map((event) => ({ ...event, durationMs: undefined }))).toEqual([
    { type: 'request', ...common, attempt: 1 },
    { type: 'response', ...common, attempt: 1, status: 503, bytes: 0 },
    { type: 'retry', ...common, attempt: 1, status: 503, code: 'HTTP_STATUS', delayMs: 500, reason: 'backoff' },
    { type: 'wait', ...common, attempt: 1, delayMs: 500, reason: 'backoff', untilMs: began + 500 },
    { type: 'request', ...common, attempt: 2 },
    { type: 'response', ...common, attempt: 2, status: 429, bytes: 0 },
    { type: 'retry', ...common, attempt: 2, status: 429, code: 'HTTP_STATUS', delayMs: 2_000, reason: 'rate-limit' },
    { type: 'wait', ...common, attempt: 2, delayMs: 2_000, reason: 'rate-limit', untilMs: began + 2_500 },
    { type: 'request', ...common, attempt: 3 },
    {
      type: 'failure',
      ...common,
      attempt: 3,
      code: expect.stringMatching(/^(?:ECONNRESET|UND_ERR_SOCKET)$/) as string,
      bytes: 0,
    },
    {
      type: 'retry',
      ...common,
      attempt: 3,
      code: expect.stringMatching(/^(?:ECONNRESET|UND_ERR_SOCKET)$/) as string,
      delayMs: 1_000,
      reason: 'backoff',
    },
    { type: 'wait', ...common, attempt: 3, delayMs: 1_000, reason: 'backoff', untilMs: began + 3_500 },
    { type: 'request', ...common, attempt: 4 },
    { type: 'response', ...common, attempt: 4, status: 200, bytes: 8 },
  ]);
});
