import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came in. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From 1, over all connections. */
  readonly number: number;
  /** From 1: which connection it came on. */
  readonly connection: number;
}

/** Writes whatever it wants to the connection. */
export type Respond = (socket: Socket, request: WireRequest) => void;

/** A TCP server on loopback that understands requests and answers with any bytes. Ends with the test. */
export class WireServer {
  readonly requests: WireRequest[] = [];
  /** Set by a test's answer when it will send nothing more, so that a virtual clock may go on. */
  isSilent = false;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #connections = 0;

  constructor(private readonly respond: Respond) {
    this.#server = createServer((socket) => {
      this.#serve(socket);
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Connections so far. */
  get connections(): number {
    return this.#connections;
  }

  async start(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  /** Resolves when the other side has closed all connections, those too that are only just being accepted. */
  async allClosed(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 5; quietTurns += 1) {
      if (this.#sockets.size > 0) quietTurns = 0;
      await Promise.all([...this.#sockets].map(closeOf));
      await new Promise(setImmediate);
    }
  }

  /** Ends all connections, as a server does with idle ones. */
  async hangUp(): Promise<void> {
    const closed = [...this.#sockets].map(closeOf);
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #serve(socket: Socket): void {
    const connection = (this.#connections += 1);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Broken connections are what these tests are about.
    socket.on('error', () => undefined);
    let received = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      received = Buffer.concat([received, piece]);
      for (let parsed = parseRequest(received); parsed !== undefined; parsed = parseRequest(received)) {
        received = received.subarray(parsed.length);
        const request = { ...parsed.request, number: this.requests.length + 1, connection };
        this.requests.push(request);
        this.respond(socket, request);
      }
    });
  }
}

/** Starts a server that ends with the running test. */
export async function startWireServer(respond: Respond): Promise<WireServer> {
  const server = await new WireServer(respond).start();
  onTestFinished(() => {
    server.close();
  });
  return server;
}

/** Whatever ends it: `once` of node:events would fail on a reset. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}

function parseRequest(
  bytes: Buffer,
): { request: Omit<WireRequest, 'number' | 'connection'>; length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [method = '', target = ''] = requestLine.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const bodyStart = end + 4;
  const length = bodyStart + Number(headers['content-length'] ?? 0);
  if (bytes.length < length) return undefined;
  return { request: { method, target, headers, body: bytes.toString('utf8', bodyStart, length) }, length };
}
