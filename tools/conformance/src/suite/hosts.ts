import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { simulatedRun } from '../run/simulated-run.js';
import type { ConformanceSubject } from './subject.js';

/** Where a connection goes, as undici tells it. */
interface Connecting {
  readonly connectParams: { readonly host: string };
}

/** Nothing but the configured address is contacted. */
export function describeHosts(subject: ConformanceSubject): void {
  describe('hosts', () => {
    it('other than the configured one are never contacted', async () => {
      const contacted = new Set<string>();
      const onUndici = (message: unknown): void => {
        contacted.add((message as Connecting).connectParams.host);
      };
      const onNode = (message: unknown): void => {
        contacted.add(String((message as { request: ClientRequest }).request.getHeader('host')));
      };
      subscribe('undici:client:beforeConnect', onUndici);
      subscribe('http.client.request.start', onNode);

      const { config } = await simulatedRun(subject).finally(() => {
        unsubscribe('undici:client:beforeConnect', onUndici);
        unsubscribe('http.client.request.start', onNode);
      });

      // The proxy between here and the simulator passes on the host that the client wrote.
      expect([...contacted]).toEqual([new URL(String(config['apiBaseUrl'])).host]);
    });

    it('are not contacted when the vendor redirects to them', async () => {
      let visitors = 0;
      const elsewhere = createServer((socket) => {
        visitors += 1;
        socket.destroy();
      });
      await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
      const { port } = elsewhere.address() as AddressInfo;

      const { refusal } = await simulatedRun(subject, {
        schedule:
          () =>
          ({ socket, request }) => {
            const location = `http://127.0.0.1:${port}${request.target}`;
            socket.write(`HTTP/1.1 307 Temporary Redirect\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);
          },
      });
      elsewhere.close();

      expect(refusal).toBeInstanceOf(Error);
      expect(visitors).toBe(0);
    });
  });
}
