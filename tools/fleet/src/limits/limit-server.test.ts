import { RateLimiter, type SharedStart } from '@vendor-graph/flow-control';
import { afterEach, describe, expect, it } from 'vitest';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { LimitServer, type Reserve } from './limit-server.js';

let server: LimitServer | undefined;

afterEach(async () => {
  await server?.close();
});

async function post(body: object, reserve: Reserve): Promise<{ status: number | undefined; body: string }> {
  server = await LimitServer.start(reserve);
  const { socketPath } = server;
  return new Promise((resolve, reject) => {
    request(
      { socketPath, path: '/reserve', method: 'POST', headers: { 'content-type': 'application/json' } },
      (answer) => {
        text(answer).then((content) => {
          resolve({ status: answer.statusCode, body: content });
        }, reject);
      },
    )
      .on('error', reject)
      .end(JSON.stringify(body));
  });
}

const ASKED = { sharer: 's', key: 'acme/org', limit: 200, windowMs: 60_000 };

describe('the socket of the shared limits', () => {
  it('passes on what is asked, and what is granted', async () => {
    const asked: unknown[] = [];
    const granted: SharedStart = { waitMs: 12, sharers: 3 };

    const answer = await post(ASKED, async (...given) => {
      asked.push(given);
      return granted;
    });

    expect(asked).toEqual([['s', 'acme/org', 200, 60_000]]);
    expect(answer).toEqual({ status: 200, body: '{"waitMs":12,"sharers":3}' });
  });

  it('says "not now" when the store is away, and nothing about it', async () => {
    const answer = await post(ASKED, async () => {
      throw new Error('redis://:secret@host');
    });

    expect(answer).toEqual({ status: 503, body: '{}' });
  });

  it.each([
    [{ ...ASKED, limit: 0 }],
    [{ ...ASKED, windowMs: -1 }],
    [{ ...ASKED, key: '' }],
    [{ sharer: 's', key: 'k', limit: 1 }],
  ])('refuses %j', async (body) => {
    expect((await post(body, async () => ({ waitMs: 0, sharers: 1 }))).status).toBe(400);
  });

  it('can be closed while limiters are connected', async () => {
    server = await LimitServer.start(async () => ({ waitMs: 0, sharers: 1 }));
    await server.close();

    await expect(
      new RateLimiter({
        limit: 1,
        shared: { store: { reserve: async () => ({ waitMs: 0, sharers: 1 }) }, key: 'k' },
      }).acquire(),
    ).resolves.toBeUndefined();
    server = undefined;
  });
});
