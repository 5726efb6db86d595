import { setTimeout } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** Real time that passes before an answer goes on; ends early when the client has gone away or the server closes. */
export async function pause(ms: number, reply: FastifyReply): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  reply.raw.once('close', leave);
  try {
    await setTimeout(ms, undefined, { signal: gone.signal });
  } catch {
    // Nobody is waiting any more; whatever is answered now reaches no one.
  } finally {
    reply.raw.off('close', leave);
  }
}
