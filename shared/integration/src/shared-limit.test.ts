import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { RateLimiter } from '@vendor-graph/flow-control';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedLimit } from './shared-limit.js';

let folder: string;
let socketPath: string;
let server: Server;
let requests: Record<string, unknown>[];
let answer: { status: number; body: string };
const logger = { warn: vi.fn(), info: vi.fn() };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'limit-'));
  socketPath = join(folder, 'socket');
  requests = [];
  answer = { status: 200, body: '{"waitMs":0,"sharers":4}' };
  logger.warn.mockReset();
  logger.info.mockReset();
  server = createServer((request, response) => {
    void json(request).then((body) => {
      requests.push(body as Record<string, unknown>);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  rmSync(folder, { recursive: true, force: true });
});

function limitAt(path: string): ReturnType<typeof sharedLimit> {
  return sharedLimit('acme', 'org-1', logger, { VENDOR_GRAPH_RATE_LIMIT_SOCKET: path });
}

describe('the limit that an execution shares', () => {
  it.each([{}, { VENDOR_GRAPH_RATE_LIMIT_SOCKET: '' }])('is nobody else’s with %j', (env) => {
    expect(sharedLimit('acme', 'org-1', logger, env)).toBeUndefined();
  });

  it('is reserved from the process behind the socket', async () => {
    const limiter = new RateLimiter({ limit: 200, windowMs: 60_000, shared: limitAt(socketPath) });

    await limiter.acquire();
    await limiter.acquire();

    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({ key: 'acme/org-1', limit: 200, windowMs: 60_000 });
    expect(requests[1]?.['sharer']).toBe(requests[0]?.['sharer']);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    ['an answer that is not 200', 503, '{"waitMs":0,"sharers":4}'],
    ['an answer that is not JSON', 200, 'no'],
    ['an answer without a wait', 200, '{"sharers":4}'],
    ['a wait that is not a number', 200, '{"waitMs":"1","sharers":4}'],
    ['a wait before now', 200, '{"waitMs":-1,"sharers":4}'],
  ])('takes %s for an end of the sharing, and says so', async (_what, status, body) => {
    answer = { status, body };
    const limiter = new RateLimiter({ limit: 200, windowMs: 60_000, shared: limitAt(socketPath) });

    await limiter.acquire();

    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
      { fairShare: 200 },
      'The rate limit that is shared with other processes cannot be reached; this run keeps to its fair share.',
    );
  });

  it('goes on alone when nobody is behind the socket', async () => {
    const limiter = new RateLimiter({ limit: 200, windowMs: 60_000, shared: limitAt(join(folder, 'nobody')) });

    await limiter.acquire();

    expect(logger.warn).toHaveBeenCalledOnce();
  });
});
