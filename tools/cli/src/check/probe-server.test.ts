import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { probeServer } from './probe-server.js';

const NOW = Date.parse('2026-03-01T12:00:00.200Z');

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A server that says that it is a certain time. */
async function serverAt(date: string | undefined): Promise<URL> {
  const started = createServer((_request, response) => {
    response.sendDate = false;
    if (date !== undefined) response.setHeader('date', date);
    response.writeHead(404).end();
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(started.address() as AddressInfo).port}`);
}

describe('probeServer', () => {
  it.each([
    ['the same time', 'Sun, 01 Mar 2026 12:00:00 GMT', 'ok', 'within 1.0 s'],
    ['20 s later', 'Sun, 01 Mar 2026 12:00:20 GMT', 'ok', 'within 20 s'],
    ['an hour later', 'Sun, 01 Mar 2026 13:00:00 GMT', 'warning', 'this machine is 1 h 00 min behind the server'],
    [
      'two minutes earlier',
      'Sun, 01 Mar 2026 11:58:00 GMT',
      'warning',
      'this machine is 1 min 59 s ahead of the server',
    ],
    ['no time', undefined, 'unknown', 'the server told no time'],
  ])('compares the clock with a server that tells %s', async (_what, date, status, detail) => {
    const origin = await serverAt(date);

    const [name, connection, clock] = await probeServer(origin, {}, () => NOW);

    expect(name).toEqual({ check: 'name resolution', status: 'ok', detail: '127.0.0.1 is 127.0.0.1' });
    expect(connection).toEqual({ check: 'connection', status: 'ok', detail: 'http, no proxy, answered in 0 ms' });
    expect(clock).toMatchObject({ check: 'clock', status });
    expect(clock?.detail).toContain(detail);
  });

  it('tells why there is no connection', async () => {
    const origin = await serverAt(undefined);
    await new Promise((resolve) => server?.close(resolve));

    const [, connection, clock] = await probeServer(origin, {});

    expect(connection).toEqual({ check: 'connection', status: 'failed', detail: 'http, no proxy: ECONNREFUSED' });
    expect(clock?.status).toBe('unknown');
  });

  it('sends nothing of a loopback address to a proxy', async () => {
    const origin = await serverAt(undefined);

    const [, connection] = await probeServer(origin, { HTTP_PROXY: 'http://127.0.0.1:1' });

    expect(connection?.status).toBe('ok');
  });
});
