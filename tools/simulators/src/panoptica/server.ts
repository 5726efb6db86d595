import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import { Random } from '../kit/random.js';
import { serveApi } from '../kit/serve-api.js';
import type { Simulator } from '../kit/simulator.js';
import type { TrafficLog } from '../kit/traffic.js';
import { simulatedAccount } from './account/account.js';
import type { SimulatedAccount } from './account/account.js';
import { SEVERITIES } from './account/advisories.js';
import type { SimulatedImage } from './account/images.js';
import { requestCheck } from './authenticate.js';
import { ACCESS_KEY, SECRET_KEY } from './credentials.js';
import { by, listingOrder } from './listing-order.js';
import type { PanopticaOptions } from './options.js';
import { pageRequest } from './page.js';

const BASE_PATH = '/api';
const TELEMETRY_KEYS: ReadonlySet<unknown> = new Set([
  'appName',
  'appType',
  'executable',
  'environmentName',
  'risk',
  'status',
  'startTime',
  'finishTime',
  'workloadRisk',
]);

export async function servePanoptica(options: Readonly<PanopticaOptions>, kit: SettledKitOptions): Promise<Simulator> {
  const account = simulatedAccount(kit.seed, options);
  const simulator = await serveApi({
    vendor: 'panoptica',
    kit,
    basePath: BASE_PATH,
    credentials: { default: { accessKey: ACCESS_KEY, secretKey: SECRET_KEY } },
    routes: (scope, { traffic }) => {
      const authenticate = authentication(options, kit, traffic);
      scope.addHook('preHandler', authenticate);
      scope.setNotFoundHandler({ preHandler: authenticate }, async (_request, reply) => notFound(reply));
      addPlainRoutes(scope, account, options);
      addPagedRoutes(scope, account, options, kit);
    },
  });
  return simulator;
}

/** Escher on every request, unknown paths included. */
function authentication(options: PanopticaOptions, kit: SettledKitOptions, traffic: TrafficLog) {
  const check = requestCheck({
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    windowSeconds: options.windowSeconds,
    canonicalisation: options.canonicalisation === 'java' ? 'java' : 'js',
    now: () => kit.clock.now(),
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { method, url: target, headers } = request;
    const body = Buffer.isBuffer(request.body) ? request.body : '';
    const refusal = check({ method, target, headers, body });
    if (refusal === undefined) return undefined;
    traffic.refused(refusal.reason);
    const path = pathOf(target).slice(kit.pathPrefix.length + BASE_PATH.length);
    const message = `HTTP Status 401 - ${refusal.message}. path: ${path}`;
    return reply
      .code(401)
      .header('content-type', 'application/json;charset=ISO-8859-1')
      .header('cache-control', 'no-cache, no-store, max-age=0, must-revalidate')
      .send(`${JSON.stringify({ message, errors: {} })}\n`);
  };
}

function addPlainRoutes(scope: FastifyInstance, account: SimulatedAccount, options: PanopticaOptions): void {
  const me = async (_request: FastifyRequest, reply: FastifyReply) => {
    if (options.me === 'forbidden') return failure(reply, 403, 'Access is denied');
    if (options.me === 'not-allowed') return failure(reply, 405, 'Method not allowed');
    return json(reply, account.me);
  };
  scope.get('/me', me);
  scope.post('/me', me);
  scope.get('/users', async (_request, reply) => json(reply, account.users));
  scope.get('/riskAssessment', async (_request, reply) => json(reply, account.risks));
  scope.post('/account/usageStatus', async (_request, reply) => json(reply, account.usageStatus));
}

function addPagedRoutes(
  scope: FastifyInstance,
  account: SimulatedAccount,
  options: PanopticaOptions,
  kit: SettledKitOptions,
): void {
  const { clusters, images, workloads } = account;
  const imagesById = new Map(images.map((image) => [image.row.id, image]));
  const imageOrders: Readonly<Record<string, (a: number, b: number) => number>> = {
    IMAGE_NAME: by((position) => images[position]?.row.imageName ?? ''),
    TIME: by((position) => images[position]?.row.timeAdded ?? ''),
    RISK: by((position) => riskOf(images[position])),
  };
  let requests = 0;
  /** A new order for what sorts alike, with each request. */
  const shuffle = () => {
    requests += 1;
    return options.order === 'shuffled' ? new Random(kit.seed).fork('order', requests) : undefined;
  };
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    list: Omit<Listing, 'shuffle' | 'options'>,
  ): FastifyReply => sendPage(request, reply, { ...list, shuffle: shuffle(), options });

  scope.get('/kubernetesClusters', async (request, reply) => {
    const rowAt = (position: number) => clusters[position]?.row;
    const compare = by((position) => clusters[position]?.name ?? '');
    return page(request, reply, { count: clusters.length, rowAt, compare, direction: 'ASC' });
  });

  scope.get('/images', async (request, reply) => {
    const { sortKey = 'RISK' } = queryOf(request);
    const compare = imageOrders[sortKey];
    if (compare === undefined) return failure(reply, 400, 'sortKey must be IMAGE_NAME, TIME or RISK');
    const rowAt = (position: number) => images[position]?.row;
    return page(request, reply, { count: images.length, rowAt, compare, direction: 'DESC' });
  });

  scope.get<{ Params: { id: string } }>('/images/:id', async (request, reply) => {
    const image = imagesById.get(request.params.id);
    return image === undefined ? notFound(reply) : json(reply, image.row);
  });

  scope.get<{ Params: { id: string } }>('/images/:id/vulnerabilities', async (request, reply) => {
    const findings = imagesById.get(request.params.id)?.findings;
    if (findings === undefined) return notFound(reply);
    // Only the severity is sorted; among rows of one severity the service follows no order.
    const compare = by((position) => -SEVERITIES.indexOf(findings.severityAt(position)));
    const rowAt = (position: number) => findings.rowAt(position);
    return page(request, reply, { count: findings.count, rowAt, compare, direction: 'DESC' });
  });

  scope.get('/appTelemetries', async (request, reply) => {
    const { sortKey, startTime, endTime } = queryOf(request);
    if (!TELEMETRY_KEYS.has(sortKey)) return failure(reply, 400, 'sortKey is missing or unknown');
    if (![startTime, endTime].every((time) => time !== undefined && !Number.isNaN(Date.parse(time)))) {
      return failure(reply, 400, 'startTime and endTime must be dates');
    }
    const compare = by((position) => workloads[position]?.pod?.id ?? '');
    const rowAt = (position: number) => workloads[position];
    return page(request, reply, { count: workloads.length, rowAt, compare, direction: 'ASC' });
  });
}

interface Listing {
  count: number;
  rowAt: (position: number) => unknown;
  compare: (a: number, b: number) => number;
  direction: 'ASC' | 'DESC';
  shuffle: Random | undefined;
  options: PanopticaOptions;
}

function sendPage(request: FastifyRequest, reply: FastifyReply, list: Listing): FastifyReply {
  const { sortDir = list.direction, ...query } = queryOf(request);
  if (sortDir !== 'ASC' && sortDir !== 'DESC') return failure(reply, 400, 'sortDir must be ASC or DESC');
  const asked = pageRequest(query, list.options);
  if (typeof asked === 'string') return failure(reply, 400, asked);
  const order = listingOrder(list.count, list.compare, sortDir, list.shuffle);
  return json(
    reply,
    order.slice(asked.offset, asked.offset + asked.limit).map((position) => list.rowAt(position)),
  );
}

/** Critical, high and medium findings count in this order. */
function riskOf(image: SimulatedImage | undefined): number {
  const summary = image?.row.vulnerabilitiesSummary;
  return summary == null ? 0 : (summary.critical * 10_000 + summary.high) * 10_000 + summary.medium;
}

/** Of each parameter the last value, as text. */
function queryOf(request: FastifyRequest): Readonly<Record<string, string>> {
  const query = request.query as Readonly<Record<string, string | string[]>>;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, (typeof value === 'string' ? value : value.at(-1)) ?? '']),
  );
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

function json(reply: FastifyReply, value: unknown): FastifyReply {
  return reply
    .header('content-type', 'application/json;charset=UTF-8')
    .header('cache-control', 'no-cache')
    .header('set-cookie', 'JSESSIONID=simulated; Path=/; Secure; HttpOnly')
    .send(JSON.stringify(value));
}

function failure(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json;charset=UTF-8').send(JSON.stringify({ message }));
}

function notFound(reply: FastifyReply): FastifyReply {
  return failure(reply, 404, 'Not found');
}
