import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReplay, type Replay } from './start-replay.js';

let origin: Server;
let replay: Replay;
/** What the byte server passed on during a test. */
let passedOn: IncomingMessage[];
/** Each test asks for paths of its own, so that none of them was answered before. */
let test = 0;
/** Answers that the origin holds back until there are three of them. */
const held: ServerResponse[] = [];

beforeAll(async () => {
  origin = createServer((incoming, outgoing) => {
    passedOn.push(incoming);
    outgoing.writeHead(incoming.url?.endsWith('/missing') ? 404 : 200, { 'content-type': 'application/jsonl' });
    // No two answers are alike.
    outgoing.write(`answer ${passedOn.length}`);
    if (!incoming.url?.includes('held')) outgoing.end();
    else if (held.push(outgoing) === 3) for (const one of held.splice(0)) one.end();
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  replay = await startReplay(`http://127.0.0.1:${(origin.address() as AddressInfo).port}/api`);
});

beforeEach(() => {
  passedOn = [];
  test += 1;
});

afterAll(async () => {
  await replay.close();
  origin.closeAllConnections();
  origin.close();
  await once(origin, 'close');
});

async function get(path: string, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await request(`${replay.baseUrl}/${test}${path}`, { headers });
  return body.text();
}

describe('the byte server', () => {
  it('keeps the path of the address that it stands in front of', async () => {
    await get('/assets?page=2');

    expect(new URL(replay.baseUrl).pathname).toBe('/api');
    expect(passedOn.map(({ url }) => url)).toEqual([`/api/${test}/assets?page=2`]);
  });

  it('passes a request on once and repeats the answer: status, type and body', async () => {
    await get('/missing');
    const { statusCode, headers, body } = await request(`${replay.baseUrl}/${test}/missing`);

    expect([statusCode, headers['content-type'], await body.text()]).toEqual([404, 'application/jsonl', 'answer 1']);
    expect(passedOn).toHaveLength(1);
  });

  it('passes on one of several requests that come at the same time', async () => {
    const answers = await Promise.all(['/assets', '/assets', '/assets'].map((path) => get(path)));

    expect(answers).toEqual(['answer 1', 'answer 1', 'answer 1']);
    expect(passedOn).toHaveLength(1);
  });

  it.each([
    ['another time', '/rows?endTime=2026-01-02&startTime=2026-01-01', {}, 'answer 1'],
    ['another order of the query', '/rows?startTime=2025-01-01&endTime=2025-01-02', {}, 'answer 1'],
    ['another signature', '/rows', { authorization: 'Hawk mac="second"' }, 'answer 1'],
    ['another query', '/rows?offset=200', {}, 'answer 2'],
    ['another path', '/images', {}, 'answer 2'],
    ['a token', '/rows', { authorization: 'Bearer second' }, 'answer 2'],
  ])('takes %s for what it is', async (_, path, headers, expected) => {
    await get('/rows?endTime=2025-01-02&startTime=2025-01-01', { authorization: 'Hawk mac="first"' });

    expect(await get(path, headers)).toBe(expected);
  });

  it('tells tokens apart', async () => {
    const tokens = ['first', 'second', 'first'];
    const answers: string[] = [];
    for (const token of tokens) answers.push(await get('/assets', { authorization: `Bearer ${token}` }));

    expect(answers).toEqual(['answer 1', 'answer 2', 'answer 1']);
  });

  it('asks for answers that are not compressed', async () => {
    await get('/assets', { 'accept-encoding': 'gzip' });

    expect(passedOn.map(({ headers }) => headers['accept-encoding'])).toEqual([undefined]);
  });

  it('counts the requests since it was last asked, repeated ones too', async () => {
    await replay.next(0);
    for (const path of ['/assets', '/assets', '/sites']) await get(path);
    const three = await replay.next(0);
    await get('/assets');
    const one = await replay.next(0);
    const none = await replay.next(0);

    expect([three, one, none].map(({ requests }) => requests)).toEqual([3, 1, 0]);
  });

  it('knows how many requests were under way at once', async () => {
    await replay.next(0);
    await Promise.all(['/held/1', '/held/2', '/held/3'].map((path) => get(path)));

    expect(await replay.next(0)).toEqual({ requests: 3, peakInFlight: 3 });
  });
});
