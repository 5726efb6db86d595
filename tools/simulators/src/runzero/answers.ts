import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends JSON in the console's way: in chunks, no length announced. */
export function sendJson(reply: FastifyReply, body: object): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(Readable.from([Buffer.from(JSON.stringify(body))]));
}

/** Sends an error in the console's way: one line of JSON with its length, ended by a newline. */
export function sendError(reply: FastifyReply, status: number, body: object): FastifyReply {
  const text = `${JSON.stringify(body)}\n`;
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('content-length', Buffer.byteLength(text))
    .send(text);
}

/** Sends an error in the documented form. */
export function sendProblem(reply: FastifyReply, status: number, title: string, detail: string): FastifyReply {
  return sendError(reply, status, { title, status, detail });
}
