import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isReadable } from './payload.js';

/** Below this size the gzip header eats the gain. */
const SMALLEST_WORTH_IT = 1_024;
/** Speed first: the simulator must not be what a benchmark measures. */
const LEVEL = { level: constants.Z_BEST_SPEED };

const compress = promisify<Buffer | string, typeof LEVEL, Buffer>(gzip);

/** Compresses an answer when the request accepts gzip, as the vendors' front ends do. */
export async function gzipPayload(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!acceptsGzip(request.headers['accept-encoding']) || reply.hasHeader('content-encoding')) return payload;
  if (isReadable(payload)) {
    announceGzip(reply);
    // An error or an early end on either side reaches the other one through the pipeline.
    return pipeline(payload, createGzip(LEVEL), () => undefined);
  }
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  if (Buffer.byteLength(payload) < SMALLEST_WORTH_IT) return payload;
  announceGzip(reply);
  return compress(payload, LEVEL);
}

function announceGzip(reply: FastifyReply): void {
  reply.removeHeader('content-length').header('content-encoding', 'gzip').header('vary', 'accept-encoding');
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some((encoding) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(encoding));
}
