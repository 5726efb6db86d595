import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SharedStart } from '@vendor-graph/flow-control';
import fastify, { type FastifyInstance } from 'fastify';

/** Reserves a start for one of the processes behind the socket. */
export type Reserve = (sharer: string, key: string, limit: number, windowMs: number) => Promise<SharedStart>;

interface ReserveRequest {
  sharer: string;
  key: string;
  limit: number;
  windowMs: number;
}

const REQUEST_SCHEMA = {
  type: 'object',
  required: ['sharer', 'key', 'limit', 'windowMs'],
  properties: {
    sharer: { type: 'string', minLength: 1, maxLength: 100 },
    key: { type: 'string', minLength: 1, maxLength: 500 },
    limit: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    windowMs: { type: 'number', exclusiveMinimum: 0, maximum: 86_400_000 },
  },
};

/**
 * The socket on which the processes of one worker ask for the starts that all workers share. Only this user can reach it.
 */
export class LimitServer {
  readonly #server: FastifyInstance;
  readonly #folder: string;

  private constructor(server: FastifyInstance, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  /** Where the socket is. */
  get socketPath(): string {
    return join(this.#folder, 'limits');
  }

  static async start(reserve: Reserve): Promise<LimitServer> {
    const server = fastify({ forceCloseConnections: true });
    server.post<{ Body: ReserveRequest }>('/reserve', { schema: { body: REQUEST_SCHEMA } }, async (request, reply) => {
      const { sharer, key, limit, windowMs } = request.body;
      try {
        return await reserve(sharer, key, limit, windowMs);
      } catch {
        // Who asked keeps to its fair share until the store is back.
        return reply.code(503).send({});
      }
    });
    const limits = new LimitServer(server, mkdtempSync(join(tmpdir(), 'vgf-')));
    await server.listen({ path: limits.socketPath });
    return limits;
  }

  async close(): Promise<void> {
    await this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
