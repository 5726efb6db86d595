import { createHash, timingSafeEqual } from 'node:crypto';
import basicAuth from '@fastify/basic-auth';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import type { FleetQueue } from '../queue/fleet-queue.js';

/** Who may look at the dashboard. */
export interface DashboardLogin {
  user: string;
  password: string;
}

/** Names under which a browser on this machine asks; any other is a page that had its own name point here. */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Bull Board, for looking: what changes something are the commands.
 *
 * @param login required from everybody; undefined: for a server on loopback, which answers no other names.
 */
export async function dashboardServer(queue: FleetQueue, login: DashboardLogin | undefined): Promise<FastifyInstance> {
  const server = fastify();
  if (login === undefined) {
    server.addHook('onRequest', async (request, reply) => {
      if (!LOOPBACK_HOST.test(request.headers.host ?? ''))
        return reply.code(403).send('This dashboard is for this machine.');
      return undefined;
    });
  } else {
    await server.register(basicAuth, {
      authenticate: { realm: 'vendor-graph fleet' },
      validate: (user, password, _request, _reply, done) => {
        // Both are compared, and whole, so that an answer's time tells nothing.
        const fits = [isSame(user, login.user), isSame(password, login.password)].every(Boolean);
        done(fits ? undefined : new Error('Wrong user or password.'));
      },
    });
    server.addHook('onRequest', server.basicAuth);
  }
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: [new BullMQAdapter(queue, { readOnlyMode: true })],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'vendor-graph fleet' } },
  });
  await server.register(adapter.registerPlugin());
  return server;
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
