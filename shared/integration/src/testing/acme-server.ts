import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server says to a request for a path. */
export interface AcmeAnswer {
  status?: number;
  body: unknown;
}

/** The API of a vendor that does not exist, on loopback. */
export interface AcmeServer {
  readonly baseUrl: string;
  /** `GET /path` of each request, in order. */
  readonly requests: readonly string[];
  /** `Authorization` of each request, in order. */
  readonly authorizations: readonly string[];
}

/** What an account holds where a test does not say otherwise. */
const ACCOUNT: Readonly<Record<string, AcmeAnswer>> = {
  '/me': { body: { id: 'org-1', name: 'Acme' } },
  '/users': { body: [{ id: 'u1' }, { id: 'u2' }] },
  '/devices': { body: [{ id: 'd1' }, { id: 'd2' }, { id: 'd1' }, { name: 'without an id' }] },
  '/archive': { body: [{ id: 'a1' }] },
};

/** Starts a server that ends with the running test. A path that has no answer is a 404. */
export async function startAcmeServer(
  answers: Readonly<Record<string, AcmeAnswer | ((request: IncomingMessage) => AcmeAnswer)>> = {},
): Promise<AcmeServer> {
  const requests: string[] = [];
  const authorizations: string[] = [];
  const known = new Map(Object.entries({ ...ACCOUNT, ...answers }));

  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    authorizations.push(request.headers.authorization ?? '');
    const found = known.get(request.url ?? '') ?? { status: 404, body: { message: 'no such path' } };
    const { status = 200, body } = typeof found === 'function' ? found(request) : found;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, authorizations };
}
