import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InsteadOfAnswer } from './fault.js';
import { pause } from './pause.js';
import { resetConnection } from './reset-connection.js';

/** Answers in place of the simulator. */
export async function answerInstead(
  fault: InsteadOfAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { socket } = request.raw;
  switch (fault.kind) {
    case 'status': {
      const { body } = fault;
      const isText = typeof body === 'string';
      if (body !== undefined) reply.type(isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
      reply.headers({ ...fault.headers });
      return reply.code(fault.status).send(body === undefined || isText ? body : JSON.stringify(body));
    }
    case 'body':
      reply.type('application/json; charset=utf-8').headers({ ...fault.headers });
      return reply.code(fault.status ?? 200).send(Buffer.from(fault.body));
    case 'redirect':
      return reply.redirect(fault.location, fault.status ?? 301);
    case 'endless':
      reply.type('application/json; charset=utf-8').headers({ ...fault.headers });
      return reply.send(Readable.from(repeated(fault.chunk), { objectMode: false }));
    case 'reset':
      reply.hijack();
      resetConnection(socket);
      return reply;
    case 'silence':
      return reply.hijack();
    case 'raw':
      reply.hijack();
      socket.write(fault.data);
      if (fault.closeAfterMs !== undefined) await pause(fault.closeAfterMs, reply);
      socket.end();
      return reply;
  }
}

function* repeated(chunk: string): Generator<Buffer> {
  const bytes = Buffer.from(chunk);
  for (;;) yield bytes;
}
