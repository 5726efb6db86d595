import { once } from 'node:events';
import { Agent, request as forward, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { RequestParser, type WireRequest } from './wire-request.js';

/** The true answer to a request, as it came from behind the proxy. */
export interface TrueAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Without those that say how long the body is. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As it travels: compressed if it is. */
  readonly body: Buffer;
}

/** One request that a fault answers, in whatever way. */
export interface Exchange {
  readonly request: WireRequest;
  readonly socket: Socket;
  /** Asks the server behind the proxy. */
  readonly answer: () => Promise<TrueAnswer>;
  /** Says that nothing more will come for now, so that time may go on; ends with the connection, or by the function. */
  readonly hold: () => () => void;
  /** Refuses connections from now on. */
  readonly goDown: () => Promise<void>;
  /** Takes connections again. */
  readonly comeUp: () => Promise<void>;
  /** The next request on this connection finds it broken. */
  readonly breakOnNextUse: () => void;
}

/** Writes whatever it wants to the connection, and may close it. */
export type WireFault = (exchange: Exchange) => void | Promise<void>;

/** When a fault strikes: it is asked for every request, in the order of arrival. */
export type FaultSchedule = (request: WireRequest) => WireFault | undefined;

/** A proxy on loopback in front of an HTTP server, which passes everything on unless a fault strikes. */
export class WireProxy {
  /** Every request so far. */
  readonly requests: WireRequest[] = [];
  readonly #upstream: URL;
  readonly #sockets = new Set<Socket>();
  readonly #held = new Set<object>();
  readonly #doomed = new WeakSet<Socket>();
  readonly #agent = new Agent({ keepAlive: true });
  #server: Server;
  #port = 0;
  #schedule: FaultSchedule = () => undefined;

  private constructor(upstream: URL) {
    this.#upstream = upstream;
    this.#server = this.#newServer();
  }

  /** Starts a proxy in front of a server. */
  static async before(baseUrl: string): Promise<WireProxy> {
    const proxy = new WireProxy(new URL(baseUrl));
    await proxy.#listen();
    return proxy;
  }

  /** What a client takes instead of the server's own base URL. */
  get baseUrl(): string {
    const url = new URL(this.#upstream);
    url.port = String(this.#port);
    return url.href.replace(/\/$/, '');
  }

  /** How many requests are deliberately left without an answer. */
  get held(): number {
    return this.#held.size;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** From now on faults strike as this says. */
  misbehave(schedule: FaultSchedule): void {
    this.#schedule = schedule;
  }

  /** Resolves when the clients have closed all their connections. */
  async allClosed(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 5; quietTurns += 1) {
      if (this.#sockets.size > 0) quietTurns = 0;
      await Promise.all([...this.#sockets].map(closeOf));
      await new Promise(setImmediate);
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    await this.#goDown();
  }

  #newServer(): Server {
    return createServer((socket) => {
      this.#serve(socket);
    });
  }

  async #listen(): Promise<void> {
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #goDown(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #comeUp(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#newServer();
    await this.#listen();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Broken connections are what this is about.
    socket.on('error', () => undefined);
    const parser = new RequestParser();
    socket.on('data', (piece: Buffer) => {
      for (const request of parser.push(piece)) {
        if (this.#doomed.has(socket)) {
          socket.resetAndDestroy();
          return;
        }
        this.requests.push(request);
        const fault = this.#schedule(request) ?? passOn;
        Promise.resolve(fault(this.#exchange(request, socket))).catch(() => {
          // The server behind is gone, or the client is.
          socket.destroy();
        });
      }
    });
  }

  #exchange(request: WireRequest, socket: Socket): Exchange {
    return {
      request,
      socket,
      answer: () => this.#ask(request),
      hold: () => {
        const mark = {};
        this.#held.add(mark);
        const release = (): void => {
          this.#held.delete(mark);
        };
        socket.once('close', release);
        if (socket.destroyed) release();
        return release;
      },
      goDown: () => this.#goDown(),
      comeUp: () => this.#comeUp(),
      breakOnNextUse: () => {
        this.#doomed.add(socket);
      },
    };
  }

  async #ask({ method, target, headers, body }: WireRequest): Promise<TrueAnswer> {
    const outgoing = forward({
      agent: this.#agent,
      host: this.#upstream.hostname,
      port: this.#upstream.port,
      method,
      path: target,
      // Also the host, which some vendors sign: the server behind must see what the client wrote.
      headers: { ...headers, connection: 'keep-alive' },
    });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const pairs = Array.from({ length: incoming.rawHeaders.length / 2 }, (_, at): readonly [string, string] => [
      incoming.rawHeaders[2 * at] ?? '',
      incoming.rawHeaders[2 * at + 1] ?? '',
    ]);
    return {
      status: incoming.statusCode ?? 0,
      statusText: incoming.statusMessage ?? '',
      headers: pairs.filter(([name]) => !/^(?:content-length|transfer-encoding|connection|keep-alive)$/i.test(name)),
      body: Buffer.concat(pieces),
    };
  }
}

/** The head of an answer, its body still to come. */
export function headOf(
  { status, statusText, headers }: Pick<TrueAnswer, 'status' | 'statusText' | 'headers'>,
  ...more: readonly (readonly [name: string, value: string | number])[]
): string {
  const lines = [...headers, ...more].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${statusText}`, ...lines, '', ''].join('\r\n');
}

/** A complete answer. */
export function answerBytes(answer: TrueAnswer, ...more: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat([
    Buffer.from(headOf(answer, ['content-length', answer.body.length], ...more), 'latin1'),
    answer.body,
  ]);
}

/** No fault: the true answer. */
export async function passOn({ answer, socket }: Exchange): Promise<void> {
  socket.write(answerBytes(await answer()));
}

/** Whatever ends it: `once` of node:events would fail on a reset. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}
