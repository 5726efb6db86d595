import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { HttpClient } from './http-client.js';
import { HTTP_CHANNEL, type HttpEvent } from './http-events.js';
import { answer, chunk, chunkedAnswer, head, jsonAnswer } from './testing/answers.js';
import { testClient } from './testing/test-client.js';
import { startWireServer, type Respond, type WireServer } from './testing/wire-server.js';

const RECORDS = [{ id: 'a', name: 'é' }, { id: 'b' }, { id: 'c' }];
const JSON_TEXT = JSON.stringify(RECORDS);
const LINES = RECORDS.map((record) => `${JSON.stringify(record)}\n`).join('');

/** How a call ended: the records, or the typed error. */
async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const { name, code, endpoint, message } = error as Record<'name' | 'code' | 'endpoint' | 'message', string>;
    return { name, code, endpoint, message };
  }
}

async function readLines(client: HttpClient): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value } of client.streamJsonLines('/list')) values.push(value);
  return values;
}

async function readJson(client: HttpClient): Promise<unknown> {
  return (await client.requestJson('/list?token=not-for-errors')).body;
}

/** Writes one byte at a time, each in a turn of its own. */
function slice(bytes: Buffer): Respond {
  return (socket) => {
    let at = 0;
    const next = (): void => {
      if (at >= bytes.length || socket.destroyed) return;
      socket.write(bytes.subarray(at, (at += 1)), () => setImmediate(next));
    };
    socket.setNoDelay(true);
    next();
  };
}

const send =
  (bytes: string | Buffer): Respond =>
  (socket) =>
    socket.write(bytes);
/** Sends, then ends the connection in order. */
const sendAndEnd =
  (bytes: string | Buffer): Respond =>
  (socket) =>
    socket.end(bytes);
/** Sends, then resets the connection. */
const sendAndReset =
  (bytes: string | Buffer): Respond =>
  (socket) => {
    socket.write(bytes, () => setImmediate(() => socket.resetAndDestroy()));
  };

const stated = (length: number): Buffer => head('200 OK', { 'content-length': length });
const gzipped = gzipSync(JSON_TEXT);

// What the client makes of each fault, when the server has it every time and is asked once.
const JSON_FAULTS: [fault: string, respond: Respond, code: string | RegExp, cause: string][] = [
  [
    'a reset before the headers',
    (socket) => socket.resetAndDestroy(),
    /^(?:ECONNRESET|UND_ERR_SOCKET)$/,
    'could not be reached',
  ],
  [
    'an end before the headers',
    (socket) => socket.end(),
    'UND_ERR_SOCKET',
    'could not be reached: other side closed (UND_ERR_SOCKET)',
  ],
  [
    'an end within the headers',
    sendAndEnd('HTTP/1.1 200 OK\r\ncontent-le'),
    'UND_ERR_SOCKET',
    'could not be reached: other side closed (UND_ERR_SOCKET)',
  ],
  [
    'a reset in the body',
    sendAndReset(answer(JSON_TEXT).subarray(0, -9)),
    'TRUNCATED_BODY',
    'broke off its answer after',
  ],
  [
    'an end in the body',
    sendAndEnd(answer(JSON_TEXT).subarray(0, -9)),
    'TRUNCATED_BODY',
    'broke off its answer after 37 bytes (UND_ERR_SOCKET)',
  ],
  [
    'an end before the last chunk',
    sendAndEnd(chunkedAnswer([JSON_TEXT], { end: false })),
    'TRUNCATED_BODY',
    'broke off its answer after 46 bytes (UND_ERR_SOCKET)',
  ],
  [
    'a chunk size that is none',
    send(Buffer.concat([head('200 OK', { 'transfer-encoding': 'chunked' }), Buffer.from('zz\r\nabc')])),
    'TRUNCATED_BODY',
    'broke off its answer after 0 bytes (HTTP_PARSER_ERROR)',
  ],
  [
    'a stated length that is too large',
    sendAndEnd(Buffer.concat([stated(99), Buffer.from(JSON_TEXT)])),
    'TRUNCATED_BODY',
    'broke off its answer after 46 bytes (UND_ERR_SOCKET)',
  ],
  [
    'a stated length that is too small',
    send(Buffer.concat([stated(20), Buffer.from(JSON_TEXT)])),
    'NOT_JSON',
    'answered 200 with a body that is not JSON (20 bytes, no content type)',
  ],
  [
    'two stated lengths',
    send(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n[1,2]`),
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'could not be reached',
  ],
  [
    'a cut gzip body',
    send(answer(gzipped.subarray(0, -6), { headers: { 'content-encoding': 'gzip' } })),
    'TRUNCATED_BODY',
    'sent a compressed body that ends too early',
  ],
  [
    'a gzip body with a wrong check sum',
    send(answer(corrupted(gzipped), { headers: { 'content-encoding': 'gzip' } })),
    'CORRUPT_BODY',
    'sent a compressed body with a fault in it (Z_DATA_ERROR)',
  ],
  [
    'garbage after the end of gzip',
    send(answer(Buffer.concat([gzipped, Buffer.from('garbage')]), { headers: { 'content-encoding': 'gzip' } })),
    'CORRUPT_BODY',
    'sent a compressed body with a fault in it (Z_DATA_ERROR)',
  ],
  [
    'gzip without a byte',
    send(answer('', { headers: { 'content-encoding': 'gzip' } })),
    'TRUNCATED_BODY',
    'sent a compressed body that ends too early (after 0 bytes)',
  ],
  [
    'text that claims to be gzip',
    send(answer(JSON_TEXT, { headers: { 'content-encoding': 'gzip' } })),
    'CORRUPT_BODY',
    'sent a compressed body with a fault in it (Z_DATA_ERROR)',
  ],
  [
    'an encoding that was not asked for',
    send(answer('x', { headers: { 'content-encoding': 'zstd' } })),
    'UNKNOWN_ENCODING',
    'sent a body in a content encoding that was not asked for',
  ],
  ['garbage instead of HTTP', send('SSH-2.0-OpenSSH_9.6\r\n'), 'HTTP_PARSER_ERROR', 'could not be reached'],
  ['a garbage status line', send('HTTP/1.1 abc Oops\r\n\r\n'), 'HTTP_PARSER_ERROR', 'could not be reached'],
  [
    '40 KB of headers',
    send(head('200 OK', { 'x-large': 'x'.repeat(40_000), 'content-length': 0 })),
    'UND_ERR_HEADERS_OVERFLOW',
    'could not be reached: Headers Overflow Error',
  ],
  [
    'a page with status 200',
    send(answer('<html><title>Sign in</title></html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })),
    'NOT_JSON',
    'answered 200 with a body that is not JSON (35 bytes, text/html)',
  ],
  ['an empty 200', send(answer('')), 'EMPTY_BODY', 'answered 200 without a body'],
  ['a 200 of blanks', send(answer(' \n')), 'EMPTY_BODY', 'answered 200 without a body'],
  ['a 204 where data was due', send('HTTP/1.1 204 No Content\r\n\r\n'), 'EMPTY_BODY', 'answered 204 without a body'],
  [
    'a body larger than the limit',
    send(answer('x'.repeat(5_001))),
    'BODY_TOO_LARGE',
    'sent a body larger than the limit of 5000 bytes',
  ],
  [
    'a small body that unpacks to more than the limit',
    send(answer(gzipSync('x'.repeat(1_000_000)), { headers: { 'content-encoding': 'gzip' } })),
    'BODY_TOO_LARGE',
    'sent a body larger than the limit of 5000 bytes',
  ],
  ['a body that never ends', endless, 'BODY_TOO_LARGE', 'sent a body larger than the limit of 5000 bytes'],
  [
    'a redirect to another origin',
    send(
      answer('', { status: '301 Moved Permanently', headers: { location: 'https://evil.example.com/list?token=x' } }),
    ),
    'REDIRECT',
    'answered 301 Moved Permanently, a redirect to https://evil.example.com/list;',
  ],
  [
    'a redirect without an address',
    send(answer('', { status: '302 Found' })),
    'REDIRECT',
    'answered 302 Found, a redirect to nowhere;',
  ],
  ['304', send('HTTP/1.1 304 Not Modified\r\n\r\n'), 'REDIRECT', 'answered 304 Not Modified, a redirect to nowhere;'],
];

it.each(JSON_FAULTS)(
  'ends %s with a typed error that names endpoint and cause',
  async (_fault, respond, code, cause) => {
    const server = await startWireServer(respond);
    const client = testClient({
      baseUrl: server.baseUrl,
      maxBodyBytes: 5_000,
      retry: { attempts: 1, malformedRetries: 0 },
    });

    const outcome = await outcomeOf(() => readJson(client));

    const endpoint = `GET ${server.baseUrl}/list`;
    expect(outcome).toMatchObject({ code: expect.stringMatching(code) as string, endpoint });
    expect((outcome as Error).message).toContain(`${endpoint} ${cause}`);
    expect(server.requests).toHaveLength(1);
    await expectNothingOpen(server, client);
  },
);

const PASSING: [fault: string, respond: Respond][] = [
  ['one byte at a time', slice(jsonAnswer(RECORDS))],
  ['one byte at a time in chunks', slice(chunkedAnswer(Array.from(Buffer.from(JSON_TEXT), (byte) => Buffer.of(byte))))],
  ['one byte at a time compressed', slice(answer(gzipped, { headers: { 'content-encoding': 'gzip' } }))],
  ['a body that ends with the connection', sendAndEnd(`HTTP/1.1 200 OK\r\n\r\n${JSON_TEXT}`)],
  ['HTTP/1.0', sendAndEnd(`HTTP/1.0 200 OK\r\ncontent-length: ${Buffer.byteLength(JSON_TEXT)}\r\n\r\n${JSON_TEXT}`)],
  ['a connection that stays open after the answer', send(jsonAnswer(RECORDS))],
  ['a connection that closes after the answer', sendAndEnd(jsonAnswer(RECORDS, { headers: { connection: 'close' } }))],
  [
    'an interim answer before it',
    send(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), jsonAnswer(RECORDS)])),
  ],
  [
    'headers that appear twice',
    send(jsonAnswer(RECORDS, { headers: { 'x-frame-options': 'DENY\r\nx-frame-options: DENY' } })),
  ],
  ['a byte-order mark', send(answer(`\ufeff${JSON_TEXT}`))],
];

it.each(PASSING)('reads exactly the records in spite of %s', async (_fault, respond) => {
  const server = await startWireServer(respond);
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1, malformedRetries: 0 } });

  const outcome = await outcomeOf(() => readJson(client));

  expect(outcome).toEqual(RECORDS);
  await expectNothingOpen(server, client);
});

const TRANSIENT = JSON_FAULTS.filter(
  ([, , code]) =>
    !['UNKNOWN_ENCODING', 'UND_ERR_HEADERS_OVERFLOW', 'BODY_TOO_LARGE', 'REDIRECT'].includes(String(code)),
);

it.each(TRANSIENT)('recovers from %s with exactly the records when it passes', async (_fault, respond) => {
  const server = await startWireServer((socket, request) => {
    if (request.number === 1) respond(socket, request);
    else socket.write(jsonAnswer(RECORDS));
  });
  const client = testClient({ baseUrl: server.baseUrl, maxBodyBytes: 5_000 });

  const outcome = await outcomeOf(() => readJson(client));

  expect(outcome).toEqual(RECORDS);
  expect(server.requests).toHaveLength(2);
  await expectNothingOpen(server, client);
});

it.each(JSON_FAULTS.filter((fault) => !TRANSIENT.includes(fault)))(
  'does not ask again after %s',
  async (_fault, respond, code) => {
    const server = await startWireServer(respond);
    const client = testClient({ baseUrl: server.baseUrl, maxBodyBytes: 5_000 });

    const outcome = await outcomeOf(() => readJson(client));

    expect(outcome).toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  },
);

it('refuses a connection to nowhere with a typed error', async () => {
  const server = await startWireServer(() => undefined);
  const { baseUrl, port } = server;
  server.close();
  const client = testClient({ baseUrl, retry: { attempts: 1 } });

  const outcome = await outcomeOf(() => readJson(client));

  expect(outcome).toEqual({
    name: 'ConnectionError',
    code: 'ECONNREFUSED',
    endpoint: `GET ${baseUrl}/list`,
    message: `GET ${baseUrl}/list could not be reached: connect ECONNREFUSED 127.0.0.1:${port} (ECONNREFUSED); gave up after 1 attempt`,
  });
});

it('recovers when a server has closed an idle connection', async () => {
  const server = await startWireServer(send(jsonAnswer(RECORDS)));
  const client = testClient({ baseUrl: server.baseUrl });
  await readJson(client);

  // The close arrives only after the next request has been written.
  const closing = server.hangUp();
  const outcome = await outcomeOf(() => readJson(client));
  await closing;

  expect(outcome).toEqual(RECORDS);
  expect(server.connections).toBe(2);
});

it('recovers when a server closes a kept connection under the request', async () => {
  const used = new Set<number>();
  let resets = 0;
  const server = await startWireServer((socket, { connection }) => {
    if (used.has(connection) && resets === 0) {
      resets += 1;
      socket.resetAndDestroy();
      return;
    }
    used.add(connection);
    socket.write(jsonAnswer(RECORDS));
  });
  const client = testClient({ baseUrl: server.baseUrl });
  // The connection of the first answer is free again only after the second request has gone out.
  await readJson(client);
  await readJson(client);

  const outcome = await outcomeOf(() => readJson(client));

  expect(outcome).toEqual(RECORDS);
  expect([server.requests.length, resets]).toEqual([4, 1]);
});

/** Calls `act` when a request is about to be sent again, until the running test ends. */
function onRetry(act: () => void): void {
  const listener = (event: unknown): void => {
    if ((event as HttpEvent).type === 'retry') act();
  };
  subscribe(HTTP_CHANNEL, listener);
  onTestFinished(() => {
    unsubscribe(HTTP_CHANNEL, listener);
  });
}

it('sends a request again over a new connection when a kept one broke, since others may have broken, too', async () => {
  const used = new Set<number>();
  const held: (() => void)[] = [];
  const server = await startWireServer((socket, { connection }) => {
    if (used.has(connection)) {
      socket.resetAndDestroy();
      return;
    }
    used.add(connection);
    held.push(() => socket.write(jsonAnswer(RECORDS)));
    // Two requests at a time, each on a connection of its own.
    if (held.length === 2) for (const answerNow of held.splice(0)) answerNow();
  });
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 2 }, random: () => 0 });
  await Promise.all([readJson(client), readJson(client)]);
  // Only then both connections are free again.
  await turnOfTheLoop();

  const broken = outcomeOf(() => readJson(client));
  let other: Promise<unknown> | undefined;
  // It takes the place of the connection that broke; the other one is idle, and broken as well.
  onRetry(() => {
    other ??= outcomeOf(() => readJson(client));
  });

  expect([await broken, await other]).toEqual([RECORDS, RECORDS]);
  expect(server.connections).toBe(4);
  // A connection that was made for the second attempt is not kept: it would break as well.
  const kinds = server.requests.slice(-2).map(({ headers }) => headers['connection']);
  expect(kinds.sort()).toEqual(['close', 'keep-alive']);
});

it('sends over new connections from the first that broke until the call ends', async () => {
  const answers = [
    (socket: Socket) => socket.resetAndDestroy(),
    (socket: Socket) => socket.write(answer('', { status: '503 Service Unavailable' })),
    (socket: Socket) => socket.write(jsonAnswer(RECORDS)),
  ];
  const server = await startWireServer((socket, { number }) => {
    answers[(number - 1) % answers.length]?.(socket);
  });
  const client = testClient({ baseUrl: server.baseUrl });

  const outcome = await outcomeOf(() => readJson(client));

  expect(outcome).toEqual(RECORDS);
  expect(server.requests.map(({ headers }) => headers['connection'])).toEqual(['keep-alive', 'close', 'close']);
});

it('ends the call when a server says nothing', async () => {
  const server = await startWireServer(() => {
    server.isSilent = true;
  });
  const { client, run } = inVirtualTime(server, { headersMs: 5_000 });

  const { outcome, elapsedMs } = await run(() => readJson(client));

  expect(outcome).toMatchObject({
    name: 'TimeoutError',
    code: 'HEADERS_TIMEOUT',
    message: `GET ${server.baseUrl}/list did not begin to answer within 5000 ms; gave up after 1 attempt`,
  });
  expect(elapsedMs).toBe(5_000);
  await expectNothingOpen(server, client);
});

it('ends the call when a body stalls', async () => {
  const server = await startWireServer((socket) => {
    socket.write(answer(JSON_TEXT).subarray(0, -9), () => setImmediate(() => (server.isSilent = true)));
  });
  const { client, run } = inVirtualTime(server, { bodyMs: 7_000 });

  const { outcome, elapsedMs } = await run(() => readJson(client));

  expect(outcome).toMatchObject({
    name: 'TimeoutError',
    code: 'BODY_TIMEOUT',
    message: `GET ${server.baseUrl}/list sent nothing for 7000 ms after 37 bytes of its answer; gave up after 1 attempt`,
  });
  expect(elapsedMs).toBe(7_000);
  await expectNothingOpen(server, client);
});

it.each([
  ['headers that take 4 s', 4_000, 0],
  ['pieces that come 6 s apart', 0, 6_000],
])('waits for %s', async (_what, latencyMs, pauseMs) => {
  const clock = new VirtualClock();
  const server = await startWireServer((socket) => {
    server.isSilent = true;
    void (async () => {
      await clock.sleep(latencyMs);
      for (const byte of [head('200 OK', { 'content-length': Buffer.byteLength(JSON_TEXT) }), ...inTens(JSON_TEXT)]) {
        await new Promise((resolve) => socket.write(byte, resolve));
        await new Promise(setImmediate);
        await clock.sleep(pauseMs);
      }
    })();
  });
  const client = testClient({
    baseUrl: server.baseUrl,
    clock,
    timeouts: { headersMs: 5_000, bodyMs: 7_000 },
    retry: { attempts: 1 },
  });

  const outcome = await clock.run(() => outcomeOf(() => readJson(client)));

  expect(outcome).toEqual(RECORDS);
});

// Each cut is served in the three ways a body can be framed.
const CUTS = Array.from({ length: Buffer.byteLength(JSON_TEXT) }, (_, at) => at);
const cutJson = (at: number): Buffer => Buffer.from(JSON_TEXT).subarray(0, at);

it.each([
  ['less than the stated length', (at: number) => Buffer.concat([stated(Buffer.byteLength(JSON_TEXT)), cutJson(at)])],
  ['chunks without an end', (at: number) => chunkedAnswer([cutJson(at)], { end: false })],
  ['a stated length that fits the cut', (at: number) => answer(cutJson(at))],
  ['chunks with an end', (at: number) => chunkedAnswer([cutJson(at)])],
  [
    'a body that ends with the connection',
    (at: number) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), cutJson(at)]),
  ],
])('never takes a page that is cut at any byte for a whole one: %s', async (_framing, bytesAt) => {
  const server = await startWireServer((socket, { target }) => {
    socket.end(bytesAt(Number(target.slice(1))));
  });
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1, malformedRetries: 0 } });

  const outcomes = await Promise.all(CUTS.map((at) => outcomeOf(() => client.requestJson(`/${at}`))));

  const names = outcomes.map((outcome) => (outcome as Error).name);
  expect(names.filter((name) => name !== 'BodyError')).toEqual([]);
  await expectNothingOpen(server, client);
});

const LINE_CUTS = Array.from({ length: Buffer.byteLength(LINES) }, (_, at) => at);
const cutLines = (at: number): Buffer => Buffer.from(LINES).subarray(0, at);
const gzippedLines = gzipSync(LINES);

it.each([
  [
    'less than the stated length',
    LINE_CUTS,
    (at: number) => Buffer.concat([stated(Buffer.byteLength(LINES)), cutLines(at)]),
  ],
  [
    'chunks without an end',
    [...LINE_CUTS, LINES.length + 1],
    (at: number) => chunkedAnswer([cutLines(at)], { end: false }),
  ],
  [
    'a body that ends with the connection',
    [...LINE_CUTS, LINES.length + 1],
    (at: number) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), cutLines(at)]),
  ],
  [
    'gzip that is cut',
    Array.from({ length: gzippedLines.length }, (_, at) => at),
    (at: number) => answer(gzippedLines.subarray(0, at), { headers: { 'content-encoding': 'gzip' } }),
  ],
])('never takes lines that are cut at any byte for whole ones: %s', async (_framing, cuts, bytesAt) => {
  let at = 0;
  const server = await startWireServer((socket) => {
    socket.end(bytesAt(at));
  });
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

  const endings: unknown[] = [];
  for (at of cuts) endings.push(await outcomeOf(() => readLines(client)));

  expect(endings.filter((ending) => (ending as Error).name !== 'BodyError')).toEqual([]);
  await expectNothingOpen(server, client);
});

it.each([
  ['a stated length', (bytes: Buffer) => answer(bytes)],
  ['chunks', (bytes: Buffer) => chunkedAnswer([bytes])],
])('tells lines that are cut within a line even when the server ends in order: %s', async (_framing, frame) => {
  let at = 0;
  const server = await startWireServer((socket) => {
    socket.end(frame(cutLines(at)));
  });
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

  const counts: unknown[] = [];
  for (at of LINE_CUTS) {
    const outcome = await outcomeOf(() => readLines(client));
    counts.push(Array.isArray(outcome) ? outcome.length : (outcome as { code: string }).code);
  }

  // Where a line is complete nothing shows that another should follow; everywhere else the cut is found.
  const bytes = Buffer.from(LINES);
  const expected = LINE_CUTS.map((cut) => {
    const lines = cutLines(cut)
      .toString()
      .split('\n')
      .filter((line) => line !== '').length;
    return cut === 0 || bytes[cut] === 0x0a || bytes[cut - 1] === 0x0a ? lines : 'TRUNCATED_BODY';
  });
  expect(counts).toEqual(expected);
});

const LINE_FAULTS: [fault: string, respond: Respond, code: string, cause: string][] = [
  [
    'a reset in the body',
    sendAndReset(chunkedAnswer([LINES], { end: false })),
    'TRUNCATED_BODY',
    'broke off its answer after',
  ],
  [
    'a line that is not JSON',
    send(answer('{"id":"a"}\noops\n')),
    'MALFORMED_LINE',
    'sent a line 2 (at byte 11) that is not JSON',
  ],
  [
    'a page instead of lines',
    send(answer('<html>\n</html>')),
    'MALFORMED_LINE',
    'sent a line 1 (at byte 0) that is not JSON',
  ],
  ['a line that never ends', endless, 'LINE_TOO_LONG', 'sent a line 1 (at byte 0) longer than the limit of 5000 bytes'],
  [
    'an end that nothing marks',
    sendAndEnd(`HTTP/1.1 200 OK\r\n\r\n${LINES}`),
    'UNDELIMITED_BODY',
    'sent lines with neither a length nor chunks',
  ],
  [
    'an encoding that was not asked for',
    send(answer('x', { headers: { 'content-encoding': 'zstd' } })),
    'UNKNOWN_ENCODING',
    'content encoding',
  ],
];

it.each(LINE_FAULTS)('ends a stream with %s by a typed error', async (_fault, respond, code, cause) => {
  const server = await startWireServer(respond);
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

  const outcome = await outcomeOf(async () => {
    for await (const { value } of client.streamJsonLines('/list?token=not-for-errors', { maxLineBytes: 5_000 }))
      expect(value).toBeDefined();
  });

  expect(outcome).toMatchObject({ name: 'BodyError', code, endpoint: `GET ${server.baseUrl}/list` });
  expect((outcome as Error).message).toContain(cause);
  await expectNothingOpen(server, client);
});

it.each([
  ['one byte at a time', slice(chunkedAnswer([LINES]))],
  ['one byte in each chunk', send(chunkedAnswer(Array.from(Buffer.from(LINES), (byte) => Buffer.of(byte))))],
  ['one byte at a time compressed', slice(answer(gzippedLines, { headers: { 'content-encoding': 'gzip' } }))],
  ['no line feed at the end', send(answer(LINES.trimEnd()))],
])('streams exactly the records in spite of %s', async (_fault, respond) => {
  const server = await startWireServer(respond);
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });

  expect(await outcomeOf(() => readLines(client))).toEqual(RECORDS);
  await expectNothingOpen(server, client);
});

it('streams an empty answer as no records', async () => {
  const server = await startWireServer(send(answer('')));
  const client = testClient({ baseUrl: server.baseUrl });

  expect(await outcomeOf(() => readLines(client))).toEqual([]);
});

function corrupted(gzip: Buffer): Buffer {
  const copy = Buffer.from(gzip);
  copy.writeUInt8(copy.readUInt8(copy.length - 6) ^ 0xff, copy.length - 6);
  return copy;
}

/** A chunked body without an end, for as long as somebody reads. */
function endless(socket: Parameters<Respond>[0]): void {
  socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }));
  const piece = chunk('x'.repeat(1_000));
  const more = (): void => {
    if (!socket.destroyed) socket.write(piece, () => setImmediate(more));
  };
  more();
}

function inTens(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / 10) }, (_, at) => bytes.subarray(at * 10, at * 10 + 10));
}

function inVirtualTime(
  server: WireServer,
  timeouts: { headersMs?: number; bodyMs?: number },
): { client: HttpClient; run: (call: () => Promise<unknown>) => Promise<{ outcome: unknown; elapsedMs: number }> } {
  const clock = new VirtualClock();
  const client = testClient({ baseUrl: server.baseUrl, clock, timeouts, retry: { attempts: 1 } });
  return {
    client,
    run: async (call) => {
      const busy = (): boolean => client.inFlight > 0 && !server.isSilent;
      const outcome = await clock.run(() => outcomeOf(call), { busy });
      expect(clock.pendingSleeps).toBe(0);
      return { outcome, elapsedMs: clock.monotonic() };
    },
  };
}

/** Slots and connections have come back. */
async function expectNothingOpen(server: WireServer, client: HttpClient): Promise<void> {
  expect(client.inFlight).toBe(0);
  await client.close();
  await server.allClosed();
  expect(server.openSockets).toBe(0);
}
