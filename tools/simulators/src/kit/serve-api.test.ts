import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from './fault.js';
import { jsonLines } from './json-lines.js';
import { settleKitOptions } from './kit-options.js';
import { serveApi } from './serve-api.js';
import type { KitOptions, Simulator } from './simulator.js';

type RequestOptions = NonNullable<Parameters<typeof request>[1]>;

const WORDS = '{"words":"one two three"}';
const START = Date.UTC(2024, 2, 1, 9, 15, 30);
const HOUR = 3_600_000;

describe('serveApi', () => {
  let agent: Agent;
  let simulator: Simulator;
  let linesMade: number;

  beforeEach(() => {
    agent = new Agent();
    linesMade = 0;
  });

  afterEach(async () => {
    await agent.destroy();
    await simulator.close();
  });

  async function serve(options: KitOptions = {}): Promise<void> {
    simulator = await serveApi({
      vendor: 'acme',
      kit: settleKitOptions({ clock: { now: () => START }, ...options }),
      basePath: '/api',
      credentials: { default: { apiKey: 'key' } },
      routes: (scope, { traffic }) => {
        scope.get('/words', async (_request, reply) => reply.type('application/json').send(WORDS));
        scope.get('/lines', async (_request, reply) => reply.send(jsonLines(lines(1_000_000))));
        scope.get('/few-lines', async (_request, reply) => reply.send(jsonLines(lines(3))));
        scope.get('/long', async (_request, reply) => reply.send('x'.repeat(5_000)));
        scope.post('/echo', async (incoming, reply) => reply.send(incoming.body));
        scope.get('/secret', async (_request, reply) => {
          traffic.refused('no key');
          return reply.code(401).send('no');
        });
        scope.setNotFoundHandler((_request, reply) => reply.code(404).send('nothing here'));
      },
    });
  }

  function* lines(count: number): Generator<{ n: number }> {
    for (let n = 0; n < count; n += 1) {
      linesMade = n + 1;
      yield { n };
    }
  }

  async function get(path: string, options: RequestOptions = {}): Promise<Dispatcher.ResponseData<unknown>> {
    return request(`${simulator.baseUrl}${path}`, { dispatcher: agent, method: 'GET', ...options });
  }

  async function text(path: string, options: RequestOptions = {}): Promise<string> {
    return (await get(path, options)).body.text();
  }

  /** What arrives of a body before it ends or breaks. */
  async function received({
    body,
  }: Dispatcher.ResponseData<unknown>): Promise<{ text: string; error: string | undefined }> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
      return { text: Buffer.concat(chunks).toString(), error: undefined };
    } catch (error) {
      return { text: Buffer.concat(chunks).toString(), error: (error as { code?: string }).code };
    }
  }

  async function errorCode(answer: Promise<unknown>): Promise<string | undefined> {
    return answer.then(() => undefined, nameOrCode);
  }

  describe('a healthy answer', () => {
    it('comes from the routes below the base path on loopback', async () => {
      await serve();

      const answer = await get('/words');

      expect(simulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
      expect(answer.statusCode).toBe(200);
      expect(await answer.body.text()).toBe(WORDS);
    });

    it('can be mounted below a path prefix, which routes of faults and counters leave out', async () => {
      await serve({ pathPrefix: '/gateway' });
      simulator.faults.add({ route: 'GET /api/long', fault: { kind: 'status', status: 500 } });

      expect(simulator.baseUrl).toMatch(/\/gateway\/api$/);
      expect(await text('/words')).toBe(WORDS);
      expect((await get('/long')).statusCode).toBe(500);
      expect(simulator.traffic.count('GET /api/words')).toBe(1);
    });

    it("carries the simulator's own time", async () => {
      await serve({ clockOffsetMs: -HOUR });

      const { headers, body } = await get('/words');
      await body.dump();

      expect(headers['date']).toBe('Fri, 01 Mar 2024 08:15:30 GMT');
    });

    it('gives routes the raw bytes of a request body', async () => {
      await serve();
      const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);

      const answer = await get('/echo', { method: 'POST', body, headers: { 'content-type': 'application/json' } });

      expect(Buffer.from(await answer.body.arrayBuffer())).toEqual(body);
    });

    it.each([
      ['gzip', 'gzip'],
      ['deflate, gzip;q=0.5', 'gzip'],
      ['*', 'gzip'],
      ['gzip;q=0', undefined],
      ['br', undefined],
      [undefined, undefined],
    ])('with accept-encoding %s is encoded as %s', async (accepted, encoding) => {
      await serve();

      const { headers, body } = await get('/long', {
        headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
      });
      const bytes = Buffer.from(await body.arrayBuffer());

      expect(headers['content-encoding']).toBe(encoding);
      expect((encoding === undefined ? bytes : gunzipSync(bytes)).toString()).toBe('x'.repeat(5_000));
    });

    it('compresses a stream as well, but not a body that is too small to gain', async () => {
      await serve();
      const headers = { 'accept-encoding': 'gzip' };

      const stream = await get('/few-lines', { headers });
      const small = await get('/words', { headers });

      expect(stream.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(Buffer.from(await stream.body.arrayBuffer())).toString()).toBe('{"n":0}\n{"n":1}\n{"n":2}\n');
      expect(small.headers['content-encoding']).toBeUndefined();
      expect(await small.body.text()).toBe(WORDS);
    });

    it('makes a long stream only as fast as the client reads it', async () => {
      await serve();

      const { body } = await get('/lines');
      await once(body, 'readable');
      // The source rests once every buffer between here and there is full.
      const restsAt = await settled(() => linesMade);
      body.destroy();

      expect(restsAt).toBeGreaterThan(0);
      expect(restsAt).toBeLessThan(1_000_000);
    });

    it('uses one connection for requests in a row', async () => {
      await serve();
      let connections = 0;
      const one = new Agent({ connections: 1 }).on('connect', () => (connections += 1));

      for (let n = 0; n < 5; n += 1) await text('/words', { dispatcher: one });
      await one.close();

      expect(connections).toBe(1);
      expect(simulator.traffic.peakInFlight).toBe(1);
    });
  });

  describe('a fault instead of the answer', () => {
    it.each<[Fault, { status: number; body: string; headers?: Record<string, string> }]>([
      [
        { kind: 'status', status: 500, body: { errors: ['broken'] } },
        {
          status: 500,
          body: '{"errors":["broken"]}',
          headers: { 'content-type': 'application/json; charset=utf-8' },
        },
      ],
      [
        { kind: 'status', status: 429, body: 'Too Many Requests', headers: { 'retry-after': '2' } },
        {
          status: 429,
          body: 'Too Many Requests',
          headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' },
        },
      ],
      [
        { kind: 'status', status: 502, body: '<html>', headers: { 'content-type': 'text/html' } },
        { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } },
      ],
      [
        { kind: 'status', status: 503 },
        { status: 503, body: '' },
      ],
      [
        { kind: 'status', status: 204 },
        { status: 204, body: '' },
      ],
      [
        { kind: 'body', body: '{"words":' },
        { status: 200, body: '{"words":', headers: { 'content-type': 'application/json; charset=utf-8' } },
      ],
      [
        { kind: 'body', body: Buffer.from('<p>'), status: 418, headers: { 'content-type': 'text/html' } },
        { status: 418, body: '<p>', headers: { 'content-type': 'text/html' } },
      ],
      [
        { kind: 'redirect', location: 'http://elsewhere.test/' },
        { status: 301, body: '', headers: { location: 'http://elsewhere.test/' } },
      ],
      [
        { kind: 'redirect', location: '/api/long', status: 307 },
        { status: 307, body: '', headers: { location: '/api/long' } },
      ],
      [
        { kind: 'raw', data: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok' },
        { status: 200, body: 'ok' },
      ],
    ])('%j', async (fault, expected) => {
      await serve();
      simulator.faults.add({ route: '*', fault });

      const { statusCode, headers, body } = await get('/words');

      expect({ status: statusCode, body: await body.text() }).toEqual({ status: expected.status, body: expected.body });
      expect(headers).toMatchObject(expected.headers ?? {});
    });

    it.each<[Fault, string]>([
      [{ kind: 'reset' }, 'ECONNRESET'],
      [{ kind: 'raw', data: '' }, 'UND_ERR_SOCKET'],
      [{ kind: 'raw', data: 'no HTTP at all\r\n\r\n' }, 'HTTPParserError'],
      [{ kind: 'raw', data: `HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n` }, 'UND_ERR_HEADERS_OVERFLOW'],
    ])('%j breaks the request', async (fault, code) => {
      await serve();
      simulator.faults.add({ route: '*', fault });

      expect(await errorCode(get('/words'))).toBe(code);
    });

    it('says nothing at all until the client leaves', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'silence' } });
      const leave = new AbortController();

      const answer = errorCode(get('/words', { signal: leave.signal }));
      await until(() => simulator.traffic.count() === 1);
      leave.abort();

      expect(await answer).toBe('AbortError');
    });

    it('sends an endless body without end', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'endless', chunk: 'again and ' } });

      const { body } = await get('/words');
      let length = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > 1_000_000) break;
      }

      expect(length).toBeGreaterThan(1_000_000);
    });

    it('strikes before the vendor looks at the request', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'status', status: 503 } });

      expect((await get('/secret')).statusCode).toBe(503);
      expect(simulator.traffic.unauthorized).toBe(0);
    });

    it('can strike on a path that the vendor does not have', async () => {
      await serve();
      simulator.faults.add({ route: '/api/nothing', fault: { kind: 'status', status: 500 }, times: 1 });

      expect((await get('/nothing')).statusCode).toBe(500);
      expect(await text('/nothing')).toBe('nothing here');
    });
  });

  describe('a damaged answer', () => {
    it.each<[Fault, { text: string; error: string | undefined }]>([
      [
        { kind: 'reset-after', bytes: 9 },
        { text: '{"words":', error: 'ECONNRESET' },
      ],
      [
        { kind: 'cut', bytes: 9 },
        { text: '{"words":', error: 'UND_ERR_SOCKET' },
      ],
      [
        { kind: 'cut', bytes: 0 },
        { text: '', error: 'UND_ERR_SOCKET' },
      ],
      [
        { kind: 'truncate', bytes: 9 },
        { text: '{"words":', error: undefined },
      ],
      [
        { kind: 'slice', bytes: 1 },
        { text: WORDS, error: undefined },
      ],
      [
        { kind: 'slice', bytes: 10, everyMs: 1 },
        { text: WORDS, error: undefined },
      ],
      [
        { kind: 'rewrite', rewrite: (body) => body.replace('two', '2') },
        { text: '{"words":"one 2 three"}', error: undefined },
      ],
    ])('%j', async (damage, expected) => {
      await serve();
      simulator.faults.add({ route: '*', fault: damage });

      const answer = await get('/words');

      expect(answer.statusCode).toBe(200);
      expect(await received(answer)).toEqual(expected);
    });

    it('rewrites what would have been compressed, and sends it as it is', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'rewrite', rewrite: (body) => body.replaceAll('x', 'y') } });

      const { headers, body } = await get('/long', { headers: { 'accept-encoding': 'gzip' } });

      expect(headers['content-encoding']).toBeUndefined();
      expect(await body.text()).toBe('y'.repeat(5_000));
    });

    it.each<[Fault, { text: string; error: string | undefined }]>([
      [
        { kind: 'reset-after', bytes: 10 },
        { text: '{"n":0}\n{"', error: 'ECONNRESET' },
      ],
      [
        { kind: 'cut', bytes: 8 },
        { text: '{"n":0}\n', error: 'UND_ERR_SOCKET' },
      ],
      [
        { kind: 'truncate', bytes: 8 },
        { text: '{"n":0}\n', error: undefined },
      ],
      [
        { kind: 'slice', bytes: 5 },
        { text: '{"n":0}\n{"n":1}\n{"n":2}\n', error: undefined },
      ],
    ])('%j of a stream', async (damage, expected) => {
      await serve();
      simulator.faults.add({ route: '*', fault: damage });

      expect(await received(await get('/few-lines'))).toEqual(expected);
    });

    it('stalls after so many bytes and keeps the connection open', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'stall', bytes: 4 } });

      const { headers, body } = await get('/words');
      const [first] = (await once(body, 'data')) as [Buffer];
      const closedBefore = body.closed;
      body.destroy();

      expect(headers['content-length']).toBe(String(WORDS.length));
      expect(first.toString()).toBe('{"wo');
      expect(closedBefore).toBe(false);
    });

    it('cuts compressed bytes short when the answer is compressed', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'truncate', bytes: 12 } });

      const { headers, body } = await get('/long', { headers: { 'accept-encoding': 'gzip' } });
      const bytes = Buffer.from(await body.arrayBuffer());

      expect(headers['content-encoding']).toBe('gzip');
      expect(bytes.length).toBe(12);
      expect(() => gunzipSync(bytes)).toThrow('unexpected end of file');
    });

    it('sets and removes headers', async () => {
      await serve();
      simulator.faults.add({
        route: '*',
        fault: { kind: 'headers', headers: { 'content-type': null, 'x-left': 'NaN' } },
      });

      const { headers, body } = await get('/words');

      expect(headers['content-type']).toBeUndefined();
      expect(headers['x-left']).toBe('NaN');
      expect(await body.text()).toBe(WORDS);
    });

    it('closes the connection without notice after a complete answer', async () => {
      await serve();
      simulator.faults.add({ route: '*', fault: { kind: 'close-after' }, times: 1 });

      const answer = await get('/words');
      const body = await answer.body.text();
      await until(() => simulator.traffic.peakConnections === 1);
      const [reason] = (await once(agent, 'disconnect')) as [URL, unknown[], Error][];

      expect(answer.headers['connection']).toBe('keep-alive');
      expect(body).toBe(WORDS);
      expect(reason).toBeDefined();
      expect(await text('/words')).toBe(WORDS);
    });

    it('is late by a delay that ends when the client leaves', async () => {
      await serve();
      simulator.faults.add({ route: 'GET /api/words', fault: { kind: 'delay', ms: HOUR } });
      const leave = new AbortController();

      const late = errorCode(get('/words', { signal: leave.signal }));
      const other = await text('/long');
      leave.abort();

      expect(other).toHaveLength(5_000);
      expect(await late).toBe('AbortError');
    });

    it('comes after the delay', async () => {
      await serve({ latencyMs: 1 });
      simulator.faults.add({ route: '*', fault: { kind: 'delay', ms: 1 } });

      expect(await text('/words')).toBe(WORDS);
    });
  });

  describe('the counters', () => {
    it('record each request with its status and time, except their own', async () => {
      await serve();
      simulator.faults.add({ route: '*', skip: 2, times: 1, fault: { kind: 'reset' } });

      await text('/words?a=1&b=2&b=3');
      await text('/nothing');
      await errorCode(get('/words'));
      const origin = new URL(simulator.baseUrl).origin;
      await (await request(`${origin}/__simulator/traffic`, { dispatcher: agent })).body.dump();

      await until(() => simulator.traffic.requests.length === 3);
      expect(simulator.traffic.requests).toEqual([
        { method: 'GET', path: '/api/words', query: { a: '1', b: ['2', '3'] }, status: 200, at: START },
        { method: 'GET', path: '/api/nothing', query: {}, status: 404, at: START },
        { method: 'GET', path: '/api/words', query: {}, status: 0, at: START },
      ]);
      expect(simulator.traffic.bytes).toBeGreaterThan(WORDS.length);
    });

    it('know how many requests and connections were open at once', async () => {
      await serve();
      simulator.faults.add({ route: 'GET /api/words', fault: { kind: 'silence' } });

      const answers = [1, 2, 3].map(async () => errorCode(get('/words')));
      await until(() => simulator.traffic.count() === 3);
      await agent.destroy();
      await Promise.all(answers);

      expect(simulator.traffic.peakInFlight).toBe(3);
      expect(simulator.traffic.peakConnections).toBe(3);
    });

    it('know what authentication refused', async () => {
      await serve();

      await text('/secret');
      await text('/secret');

      expect(simulator.traffic.unauthorized).toBe(2);
      expect(simulator.traffic.refusals).toEqual({ 'no key': 2 });
    });
  });

  it('ends open requests when it is closed', async () => {
    await serve({ latencyMs: HOUR });
    const answer = errorCode(get('/words'));
    await until(() => simulator.traffic.count() === 1);

    await simulator.close();

    expect(await answer).toBe('UND_ERR_SOCKET');
  });
});

/** Lets the event loop run until a condition holds; the test's time-out is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** The value of a figure that has not moved for many turns of the event loop. */
async function settled(figure: () => number): Promise<number> {
  let last = figure();
  for (let still = 0; still < 200; still += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (figure() !== last) {
      last = figure();
      still = 0;
    }
  }
  return last;
}

/** What undici calls a failure; the code of an AbortError is a number of the DOM. */
function nameOrCode(error: unknown): string {
  const { code, name } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : name;
}
