import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { answer, chunkedAnswer, head, jsonAnswer } from './testing/answers.js';
import { testClient } from './testing/test-client.js';
import { startWireServer } from './testing/wire-server.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const REQUESTS = 10_000;
const AT_ONCE = 50;
const MEBIBYTE = 1024 * 1024;

/** What keeps a process alive, by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

async function settledHeap(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

it('gives back every handle and all memory after 10,000 requests of all kinds', { timeout: 120_000 }, async () => {
  const server = await startWireServer((socket, { target }) => {
    if (target === '/ok') socket.write(jsonAnswer([1]));
    else if (target === '/missing') socket.write(answer('', { status: '404 Not Found' }));
    else if (target === '/reset') socket.resetAndDestroy();
    else if (target === '/lines') socket.write(chunkedAnswer(['1\n', '2\n'], { end: false }));
    else socket.write(head('200 OK', { 'content-length': 9 }));
    // The list is the server's own and would be taken for a leak.
    server.requests.length = 0;
  });
  const handlesBefore = handles();
  const client = testClient({ baseUrl: server.baseUrl, retry: { attempts: 1 } });
  const shared = new AbortController();

  async function once(at: number): Promise<void> {
    switch (at % 10) {
      case 0:
        await client.requestJson('/missing', { signal: shared.signal }).catch(() => undefined);
        return;
      case 1:
        // The second time it goes over a connection that is not kept.
        await client.requestJson('/reset', { signal: shared.signal, retry: { attempts: 2 } }).catch(() => undefined);
        return;
      case 2: {
        const lines = client.streamJsonLines('/lines', { signal: shared.signal });
        await lines.next();
        await lines.return();
        return;
      }
      case 3: {
        const own = new AbortController();
        const call = client.requestJson('/stalls', { signal: own.signal }).catch(() => undefined);
        setImmediate(() => {
          own.abort();
        });
        await call;
        return;
      }
      default:
        await client.requestJson('/ok', { signal: shared.signal });
    }
  }
  async function send(from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => once(at + index)));
    }
  }

  // Code and pools are warm after the first tenth.
  await send(0, REQUESTS / 10);
  const heapBefore = await settledHeap();
  await send(REQUESTS / 10, REQUESTS);
  const grownBytes = (await settledHeap()) - heapBefore;
  const inFlight = client.inFlight;
  await client.close();
  await server.allClosed();

  expect(inFlight).toBe(0);
  expect(server.openSockets).toBe(0);
  expect(grownBytes).toBeLessThan(5 * MEBIBYTE);
  expect(Object.entries(handles()).filter(([kind, count]) => count > (handlesBefore[kind] ?? 0))).toEqual([]);
});
