import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The key that the server accepts. Every character in it is one that some encoding changes. */
export const ACME_KEY = 'canary-$HOME-"q"-+/=-\'k';

/** What the server answers to a path; `hang` never answers. */
type Answer = { status?: number; body: unknown } | 'hang' | 'reset';

/** The API of the vendor in fixtures/acme. */
export interface AcmeServer {
  url: string;
  /** By path; change it to make the vendor misbehave. */
  answers: Record<string, Answer>;
  /** Resolves at the next request for a path. */
  requested(path: string): Promise<void>;
  /** Paths in the order in which they were asked for. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts the API on a free port of the loopback interface. */
export async function startAcmeServer(): Promise<AcmeServer> {
  const answers: Record<string, Answer> = {
    '/account': { body: { name: 'Acme Inc.' } },
    '/users': {
      body: [
        { id: '1', name: 'Ann' },
        { id: '2', name: 'Bob' },
      ],
    },
    '/assets': { body: [{ id: 'a', name: 'srv-1' }] },
    '/findings': { body: [{ id: 'f', name: 'open port' }] },
  };
  const requests: string[] = [];
  const waiting: { path: string; resolve: () => void }[] = [];

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    requests.push(path);
    for (const waiter of waiting) if (waiter.path === path) waiter.resolve();
    if (request.headers.authorization !== `Bearer ${ACME_KEY}`) {
      const echo = { message: `unknown key: ${request.headers.authorization ?? ''}` };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(echo));
      return;
    }
    const answer = answers[path] ?? { status: 404, body: { message: 'no such path' } };
    if (answer === 'hang') return;
    if (answer === 'reset') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    requests,
    requested: (path) =>
      new Promise((resolve) => {
        waiting.push({ path, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
