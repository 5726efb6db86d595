import { AdaptiveConcurrency, RateLimiter } from '@vendor-graph/flow-control';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it } from 'vitest';
import type { HttpClientOptions } from './client-options.js';
import { answer, head } from './testing/answers.js';
import { noAuth, testClient } from './testing/test-client.js';
import { startWireServer, type Respond, type WireServer } from './testing/wire-server.js';

const TOTAL_MS = 10_000;

interface Ending {
  readonly error: unknown;
  readonly elapsedMs: number;
}

async function endOf(
  respond: Respond,
  options: (clock: VirtualClock) => Partial<HttpClientOptions> = () => ({}),
  before: (server: WireServer) => void = () => undefined,
): Promise<Ending> {
  const clock = new VirtualClock();
  const server = await startWireServer(respond);
  before(server);
  const client = testClient({
    baseUrl: server.baseUrl,
    clock,
    random: () => 0.5,
    timeouts: { totalMs: TOTAL_MS },
    ...options(clock),
  });
  const isBusy = (): boolean => client.inFlight > 0 && !server.isSilent;
  const error = await clock.run(() => client.requestJson('/list').catch((reason: unknown) => reason), { busy: isBusy });
  expect([client.inFlight, clock.pendingSleeps]).toEqual([0, 0]);
  return { error, elapsedMs: clock.monotonic() };
}

/** Leaves the client without a further byte. */
function fallSilent(server: () => WireServer): Respond {
  return () => {
    server().isSilent = true;
  };
}

it.each<
  [
    what: string,
    respond: (server: () => WireServer) => Respond,
    options?: (clock: VirtualClock) => Partial<HttpClientOptions>,
  ]
>([
  ['an answer that does not begin', fallSilent],
  [
    'a body that stalls',
    (server) => (socket) => {
      socket.write(head('200 OK', { 'content-length': 9 }), () => setImmediate(() => (server().isSilent = true)));
    },
  ],
  ['a token that does not come', fallSilent, () => ({ auth: { ...noAuth, sign: () => new Promise(() => undefined) } })],
  [
    'a renewal that does not come',
    () => (socket) => socket.write(answer('', { status: '401 Unauthorized' })),
    () => ({ auth: { ...noAuth, recover: () => new Promise(() => undefined) } }),
  ],
])('ends the call at its total time, to the millisecond: %s', async (_what, respond, options) => {
  let server: WireServer | undefined;
  const started = (): WireServer => {
    if (server === undefined) throw new Error('the server has not started');
    return server;
  };

  const { error, elapsedMs } = await endOf(respond(started), options, (running) => (server = running));

  expect(error).toMatchObject({ name: 'TimeoutError', code: 'TOTAL_TIMEOUT', retriesExhausted: true });
  expect((error as Error).message).toMatch(
    / took longer than the 10000 ms that one call may take in all \(sent (?:once|0 times)\)$/,
  );
  expect(elapsedMs).toBe(TOTAL_MS);
});

it('ends the call at its total time while the connection is still being made', async () => {
  let baseUrl = '';
  const { error, elapsedMs } = await endOf(
    () => undefined,
    () => ({ baseUrl }),
    // Takes connections, but never answers the TLS handshake.
    (server) => {
      server.isSilent = true;
      baseUrl = server.baseUrl.replace('http:', 'https:');
    },
  );

  expect(error).toMatchObject({ code: 'TOTAL_TIMEOUT' });
  expect(elapsedMs).toBe(TOTAL_MS);
});

it('ends the call at its total time while it waits for the rate limit', async () => {
  const { error, elapsedMs } = await endOf(
    (socket) => socket.write(answer('[]')),
    (clock) => {
      const rateLimiter = new RateLimiter({ limit: 1, windowMs: 60_000, clock });
      void rateLimiter.acquire();
      return { rateLimiter };
    },
  );

  expect(error).toMatchObject({ code: 'TOTAL_TIMEOUT' });
  expect(elapsedMs).toBe(TOTAL_MS);
});

it('ends the call at its total time while it waits for a free place', async () => {
  const { error, elapsedMs } = await endOf(
    (socket) => socket.write(answer('[]')),
    (clock) => {
      const concurrency = new AdaptiveConcurrency({ initial: 1, max: 1, clock });
      void concurrency.acquire();
      return { concurrency };
    },
  );

  expect(error).toMatchObject({ code: 'TOTAL_TIMEOUT' });
  expect(elapsedMs).toBe(TOTAL_MS);
});

it('does not begin a wait that would pass the total time, and tells the failure instead', async () => {
  const { error, elapsedMs } = await endOf((socket) =>
    socket.write(answer('', { status: '503 Busy', headers: { 'retry-after': '4' } })),
  );

  expect(error).toMatchObject({ name: 'HttpStatusError', status: 503, attempts: 3, retriesExhausted: true });
  expect((error as Error).message).toMatch(
    /; gave up after 3 attempts, because the next wait would pass the total time of the call$/,
  );
  expect(elapsedMs).toBe(8_000);
});

it('spends what is left of the total time on retries, then ends', async () => {
  let server: WireServer | undefined;
  const { error, elapsedMs } = await endOf(
    (socket, { number }) => {
      if (number < 3) socket.write(answer('', { status: '503 Busy', headers: { 'retry-after': '4' } }));
      else if (server !== undefined) server.isSilent = true;
    },
    undefined,
    (running) => (server = running),
  );

  expect(error).toMatchObject({ code: 'TOTAL_TIMEOUT', attempts: 3 });
  expect(elapsedMs).toBe(TOTAL_MS);
});
