import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { DamagedAnswer } from './fault.js';
import { pause } from './pause.js';
import { isReadable, payloadBytes, payloadChunks } from './payload.js';
import { resetConnection } from './reset-connection.js';

/** Turns an answer into its damaged form, at the moment when it is sent. */
export async function damagePayload(damage: DamagedAnswer, reply: FastifyReply, payload: unknown): Promise<unknown> {
  switch (damage.kind) {
    case 'delay':
      return payload;
    case 'headers':
      for (const [name, value] of Object.entries(damage.headers)) {
        if (value === null) reply.removeHeader(name);
        else reply.header(name, value);
      }
      return payload;
    case 'rewrite':
      return damage.rewrite((await plainBytes(reply, payload)).toString());
    case 'truncate':
      return (await payloadBytes(payload)).subarray(0, damage.bytes);
    case 'close-after': {
      const { socket } = reply.raw;
      reply.raw.once('finish', () => {
        socket?.end();
      });
      return payload;
    }
    case 'slice':
      announceLength(reply, payload);
      return Readable.from(slices(payload, damage.bytes, damage.everyMs ?? 0, reply), { objectMode: false });
    case 'reset-after':
    case 'cut':
    case 'stall':
      announceLength(reply, payload);
      return Readable.from(beginning(payload, damage, reply), { objectMode: false });
  }
}

/** The answer without its compression, which it then does not announce any more. */
async function plainBytes(reply: FastifyReply, payload: unknown): Promise<Buffer> {
  const bytes = await payloadBytes(payload);
  if (reply.getHeader('content-encoding') !== 'gzip') return bytes;
  reply.removeHeader('content-encoding');
  return gunzipSync(bytes);
}

/** A damaged answer promises what the whole one would have: its length when that is known, chunks otherwise. */
function announceLength(reply: FastifyReply, payload: unknown): void {
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
    reply.header('content-length', Buffer.byteLength(payload));
  } else if (!isReadable(payload)) {
    reply.header('content-length', 0);
  }
}

async function* slices(payload: unknown, bytes: number, everyMs: number, reply: FastifyReply): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.floor(bytes));
  for await (const chunk of payloadChunks(payload)) {
    for (let start = 0; start < chunk.length; start += size) {
      yield chunk.subarray(start, start + size);
      // Each piece leaves the process on its own before the next one is made.
      await allSent(reply);
      if (everyMs > 0) await pause(everyMs, reply);
    }
  }
}

async function* beginning(
  payload: unknown,
  damage: Extract<DamagedAnswer, { bytes: number }>,
  reply: FastifyReply,
): AsyncGenerator<Buffer> {
  let left = damage.bytes;
  for await (const chunk of payloadChunks(payload)) {
    if (left === 0) break;
    yield chunk.subarray(0, left);
    left -= Math.min(left, chunk.length);
  }
  reply.raw.flushHeaders();
  await allSent(reply);
  const { socket } = reply.raw;
  if (damage.kind === 'cut') socket?.destroySoon();
  if (damage.kind === 'reset-after' && socket !== null) {
    // A reset that overtakes the bytes on their way into the client looks like an orderly end to it.
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
    resetConnection(socket);
  }
  if (!reply.raw.closed) await once(reply.raw, 'close');
}

async function allSent(reply: FastifyReply): Promise<void> {
  // The response passes its bytes to the socket at the end of a turn of the event loop.
  await nextTurn();
  while (reply.raw.socket !== null && !reply.raw.socket.destroyed && reply.raw.socket.writableLength > 0) {
    await nextTurn();
  }
}
