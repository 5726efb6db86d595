import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerInstead } from './answer-instead.js';
import { answerControlRequests, CONTROL_PATH } from './control-routes.js';
import { damagePayload } from './damage-payload.js';
import { FaultPlan } from './fault-plan.js';
import { isDamage } from './fault.js';
import type { DamagedAnswer } from './fault.js';
import { gzipPayload } from './gzip-payload.js';
import type { SettledKitOptions } from './kit-options.js';
import { pause } from './pause.js';
import type { SimulatedRequest } from './route-matcher.js';
import type { Simulator, SimulatorCredentials } from './simulator.js';
import { TrafficLog } from './traffic.js';

/** What a vendor hands to the kit to be served. */
export interface ApiDescription {
  readonly vendor: string;
  readonly kit: SettledKitOptions;
  /** Path of the API on its host, part of the base URL: '' or e.g. `/api/v1.0`. */
  readonly basePath: string;
  /** Without `apiBaseUrl`, which is known once the server listens; the kit adds it. */
  readonly credentials: SimulatorCredentials;
  /**
   * Adds the vendor's hooks, routes (relative to `basePath`), error handler and not-found handler to a scope of its own.
   * Inside it `request.body` is a Buffer (undefined when there is none), so that signatures can be checked over the raw
   * bytes. A payload may be a string, a Buffer or a Readable; compression and faults are the kit's business.
   */
  readonly routes: (scope: FastifyInstance, tools: { readonly traffic: TrafficLog }) => void | Promise<void>;
}

/** Serves an API on 127.0.0.1 with everything that all simulators share: faults, counters, latency, compression, clock. */
export async function serveApi(api: ApiDescription): Promise<Simulator> {
  const { kit } = api;
  const faults = new FaultPlan();
  const traffic = new TrafficLog();
  const damages = new WeakMap<FastifyRequest, DamagedAnswer>();
  const prefix = `${kit.pathPrefix}${api.basePath}`;
  const server = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 1_000 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, discriminator: true, allowUnionTypes: true } },
  });
  server.server.on('connection', (socket) => {
    socket.once('close', traffic.connected());
  });

  server.addHook('onRequest', async (request, reply) => {
    if (isControl(request)) return;
    reply.header('date', new Date(kit.clock.now()).toUTCString());
    const seen = simulatedRequest(request, kit.pathPrefix);
    recordTraffic(traffic, request, reply, seen, kit.clock.now());
    if (kit.latencyMs > 0) await pause(kit.latencyMs, reply);
    const fault = faults.strike(seen);
    if (fault === undefined) return;
    if (!isDamage(fault)) return answerInstead(fault, request, reply);
    if (fault.kind === 'delay') await pause(fault.ms, reply);
    else damages.set(request, fault);
  });

  await server.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
        done(null, body);
      });
      await api.routes(scope, { traffic });
      // After the vendor's own hooks: what leaves here is what travels.
      scope.addHook('onSend', async (request, reply, payload) => gzipPayload(request, reply, payload));
      scope.addHook('onSend', async (request, reply, payload) => {
        const damage = damages.get(request);
        return damage === undefined ? payload : damagePayload(damage, reply, payload);
      });
    },
    { prefix },
  );
  answerControlRequests(server, { faults, traffic });

  const origin = await server.listen({ host: '127.0.0.1', port: kit.port });
  const baseUrl = `${origin}${prefix}`;
  return {
    vendor: api.vendor,
    baseUrl,
    credentials: withBaseUrl(api.credentials, baseUrl),
    faults,
    traffic,
    close: async () => server.close(),
  };
}

function withBaseUrl(credentials: SimulatorCredentials, apiBaseUrl: string): SimulatorCredentials {
  return Object.fromEntries(Object.entries(credentials).map(([kind, config]) => [kind, { ...config, apiBaseUrl }]));
}

function isControl(request: FastifyRequest): boolean {
  return request.url === CONTROL_PATH || request.url.startsWith(`${CONTROL_PATH}/`);
}

function simulatedRequest(request: FastifyRequest, pathPrefix: string): SimulatedRequest {
  const path = request.url.split('?', 1)[0] ?? '';
  return {
    method: request.method,
    path: path.startsWith(`${pathPrefix}/`) ? path.slice(pathPrefix.length) : path,
    // Fastify's parser makes texts and lists of texts, nothing else.
    query: { ...(request.query as Record<string, string | string[]>) },
  };
}

function recordTraffic(
  traffic: TrafficLog,
  request: FastifyRequest,
  reply: FastifyReply,
  seen: SimulatedRequest,
  at: number,
): void {
  const left = traffic.arrived(seen, at);
  const socket = request.raw.socket;
  const writtenBefore = socket.bytesWritten;
  reply.raw.once('close', () => {
    left(reply.raw.headersSent ? reply.raw.statusCode : 0, socket.bytesWritten - writtenBefore);
  });
}
