import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { RateLimitStore, SharedStart } from '@vendor-graph/flow-control';

/** Longer than the other end waits for its own store. */
const PATIENCE_MS = 3_000;

/**
 * Limits that another process of this machine keeps, behind a local socket: `POST /reserve` with
 * `{ sharer, key, limit, windowMs }` is answered 200 with `{ waitMs, sharers }`, and anything else for "not now".
 */
export class SocketRateLimitStore implements RateLimitStore {
  readonly #socketPath: string;
  readonly #sharer = randomUUID();
  readonly #agent = new Agent({ keepAlive: true });

  /** @param socketPath of a UNIX socket, or of a named pipe on Windows */
  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  async reserve(key: string, limit: number, windowMs: number): Promise<SharedStart> {
    const { status, body } = await this.#post('/reserve', { sharer: this.#sharer, key, limit, windowMs });
    if (status !== 200 || !isSharedStart(body)) throw new Error(`The shared rate limit was not kept (${status}).`);
    return { waitMs: body.waitMs, sharers: body.sharers };
  }

  #post(path: string, content: object): Promise<{ status: number; body: unknown }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          socketPath: this.#socketPath,
          path,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          agent: this.#agent,
          signal: AbortSignal.timeout(PATIENCE_MS),
        },
        (answer) => {
          json(answer).then((body) => {
            resolve({ status: answer.statusCode ?? 0, body });
          }, reject);
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(content));
    });
  }
}

function isSharedStart(body: unknown): body is SharedStart {
  return (
    typeof body === 'object' &&
    body !== null &&
    'waitMs' in body &&
    'sharers' in body &&
    [body.waitMs, body.sharers].every((value) => typeof value === 'number' && value >= 0 && value < Infinity)
  );
}
