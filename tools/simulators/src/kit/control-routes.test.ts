import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRequest } from './fault-request.js';
import { settleKitOptions } from './kit-options.js';
import { serveApi } from './serve-api.js';
import type { Simulator } from './simulator.js';

describe('the control routes', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await serveApi({
      vendor: 'acme',
      kit: settleKitOptions({ clock: { now: () => 5 } }),
      basePath: '',
      credentials: { default: {} },
      routes: (scope) => {
        scope.get('/words', async (_request, reply) => reply.type('application/json').send('["one","two"]'));
      },
    });
  });

  afterEach(async () => simulator.close());

  async function send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; text: string }> {
    const answer = await request(`${simulator.baseUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  const faults: readonly [FaultRequest['fault'], { status: number; text: string } | 'broken'][] = [
    [
      { kind: 'status', status: 500, body: { a: 1 }, headers: { 'x-a': 'b' } },
      { status: 500, text: '{"a":1}' },
    ],
    [
      { kind: 'status', status: 429, body: 'slow' },
      { status: 429, text: 'slow' },
    ],
    [
      { kind: 'body', body: '[' },
      { status: 200, text: '[' },
    ],
    [
      { kind: 'redirect', location: 'http://elsewhere.test' },
      { status: 301, text: '' },
    ],
    [{ kind: 'reset' }, 'broken'],
    [
      { kind: 'raw', data: 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', closeAfterMs: 1 },
      { status: 200, text: '' },
    ],
    [
      { kind: 'delay', ms: 1 },
      { status: 200, text: '["one","two"]' },
    ],
    [{ kind: 'reset-after', bytes: 3 }, 'broken'],
    [{ kind: 'cut', bytes: 3 }, 'broken'],
    [
      { kind: 'truncate', bytes: 3 },
      { status: 200, text: '["o' },
    ],
    [
      { kind: 'slice', bytes: 2 },
      { status: 200, text: '["one","two"]' },
    ],
    [
      { kind: 'headers', headers: { 'x-a': null } },
      { status: 200, text: '["one","two"]' },
    ],
    [{ kind: 'close-after' }, { status: 200, text: '["one","two"]' }],
  ];

  it.each(faults)('take the fault %j', async (fault, expected) => {
    const taken = await send('POST', '/__simulator/faults', { route: 'GET /words', times: 1, fault });
    const struck = await send('GET', '/words').catch(() => 'broken' as const);

    expect(taken).toEqual({ status: 204, text: '' });
    expect(struck).toEqual(expected);
  });

  it('take faults that never end an answer', async () => {
    for (const fault of [{ kind: 'stall', bytes: 1 }, { kind: 'silence' }, { kind: 'endless', chunk: 'x' }]) {
      expect((await send('POST', '/__simulator/faults', { route: '*', fault })).status).toBe(204);
    }
  });

  it('take a pattern, a number to skip and a number of times', async () => {
    const fault = { kind: 'status', status: 500 };
    await send('POST', '/__simulator/faults', { pattern: String.raw`\?n=[12]$`, skip: 1, times: 1, fault });

    const statuses: number[] = [];
    for (const n of [3, 1, 2, 1]) statuses.push((await send('GET', `/words?n=${n}`)).status);

    expect(statuses).toEqual([200, 200, 500, 200]);
  });

  it('clear all faults', async () => {
    await send('POST', '/__simulator/faults', { route: '*', fault: { kind: 'status', status: 500 } });

    const cleared = await send('DELETE', '/__simulator/faults');

    expect(cleared.status).toBe(204);
    expect((await send('GET', '/words')).status).toBe(200);
  });

  it.each([
    ['no fault', { route: '*' }],
    ['no route', { fault: { kind: 'reset' } }],
    ['two routes', { route: '*', pattern: 'x', fault: { kind: 'reset' } }],
    ['a malformed route', { route: 'words', fault: { kind: 'reset' } }],
    ['a malformed pattern', { pattern: '(', fault: { kind: 'reset' } }],
    ['an unknown kind', { route: '*', fault: { kind: 'explode' } }],
    ['a kind that needs code', { route: '*', fault: { kind: 'rewrite' } }],
    ['a number as text', { route: '*', fault: { kind: 'cut', bytes: '3' } }],
    ['a number that is missing', { route: '*', fault: { kind: 'cut' } }],
    ['a status that is none', { route: '*', fault: { kind: 'status', status: 99 } }],
  ])('refuse %s with 400 and plan nothing', async (_what, body) => {
    const { status } = await send('POST', '/__simulator/faults', body);

    expect(status).toBe(400);
    expect((await send('GET', '/words')).status).toBe(200);
  });

  it('report the traffic, without themselves, and forget it', async () => {
    await send('GET', '/words?a=1');
    await send('GET', '/nothing');

    const report: unknown = JSON.parse((await send('GET', '/__simulator/traffic')).text);
    const reset = await send('DELETE', '/__simulator/traffic');

    expect(report).toEqual({
      count: 2,
      peakInFlight: 1,
      peakConnections: expect.any(Number) as number,
      maxPerMinute: 2,
      bytes: expect.any(Number) as number,
      unauthorized: 0,
      refusals: {},
      byRoute: { 'GET /words': 1, 'GET /nothing': 1 },
      latest: [
        { method: 'GET', path: '/words', query: { a: '1' }, status: 200, at: 5 },
        { method: 'GET', path: '/nothing', query: {}, status: 404, at: 5 },
      ],
    });
    expect(reset.status).toBe(204);
    expect(simulator.traffic.count()).toBe(0);
  });
});
