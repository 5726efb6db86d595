import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import { Random } from '../kit/random.js';
import { serveApi } from '../kit/serve-api.js';
import type { Simulator } from '../kit/simulator.js';
import type { TrafficLog } from '../kit/traffic.js';
import { accountData, ACCOUNT_ID, lateUser } from './account-data.js';
import type { AquasecSimulatorOptions } from './definition.js';
import { listPage } from './listing.js';
import { signatureProblem } from './signature.js';

const API_KEY = 'AKEXAMPLE0000000000001';
const API_SECRET = 'example-secret-0123456789abcdef';

type Query = Readonly<Record<string, string | string[]>>;

/** Serves one Aqua account: signatures, envelopes, paging, error bodies. */
export async function serveAquasec(
  options: Readonly<AquasecSimulatorOptions>,
  kit: SettledKitOptions,
): Promise<Simulator> {
  return serveApi({
    vendor: 'aquasec',
    kit,
    basePath: '',
    credentials: { default: { apiKey: API_KEY, apiSecret: API_SECRET, accountId: String(ACCOUNT_ID) } },
    routes: (scope, { traffic }) => {
      addRoutes(scope, traffic, options, kit);
    },
  });
}

function addRoutes(
  scope: FastifyInstance,
  traffic: TrafficLog,
  options: Readonly<AquasecSimulatorOptions>,
  kit: SettledKitOptions,
): void {
  const data = accountData(options, kit.seed);
  const requestIds = new Random(`aquasec request ids/${kit.seed}`);
  const users = [...data.users];

  const envelope = (reply: FastifyReply, status: number, content: Readonly<Record<string, unknown>>): FastifyReply =>
    send(reply, status, { status, code: status === 200 ? 0 : 1, ...content });
  const failure = (reply: FastifyReply, status: number, message: string, problem: string): FastifyReply =>
    envelope(reply, status, { id: requestIds.uuid(), message, errors: [problem] });

  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('x-amzn-requestid', requestIds.uuid()).header('x-cache', 'Miss from cloudfront');
  });
  scope.setNotFoundHandler((_request, reply) => send(reply, 403, { message: 'Missing Authentication Token' }));

  scope.addHook('preHandler', async (request, reply) => {
    if (request.is404) return;
    const problem = signatureProblem(
      request.headers,
      { method: request.method, path: signedPath(request, kit.pathPrefix), body: bodyText(request) },
      { [API_KEY]: API_SECRET },
      { nowMs: kit.clock.now(), windowSeconds: options.windowSeconds },
    );
    if (problem === undefined) return;
    traffic.refused(problem);
    return failure(reply, 403, 'Access denied', problem);
  });

  scope.get('/v2/accounts/:id', (request, reply) => {
    const { id } = request.params as { id: string };
    return id === String(ACCOUNT_ID)
      ? envelope(reply, 200, { data: data.account })
      : failure(reply, 403, 'Access denied', 'The account belongs to somebody else.');
  });

  const lists: Readonly<Record<string, () => readonly Record<string, unknown>[]>> = {
    groups: () => data.groups,
    users: () => users,
    apikeys: () => data.apiKeys,
    keys: () => data.cloudAccounts,
  };
  for (const [name, records] of Object.entries(lists)) {
    const view = name === 'users' ? expanded : (record: Record<string, unknown>) => record;
    scope.get(`/v2/${name}`, (request, reply) => {
      const query = request.query as Query;
      const page = listPage(records(), query, options);
      if (page.status !== 200) return failure(reply, page.status, 'Request failed', page.problem);
      if (name === 'users') drift(users, query, options.drift);
      const rows = page.data.map((record) => view(record as Record<string, unknown>, query));
      return envelope(reply, 200, { data: rows, ...page.extra });
    });
    scope.get(`/v2/${name}/:id`, (request, reply) => {
      const { id } = request.params as { id: string };
      const record = records().find((candidate) => String(candidate['id']) === id);
      return record === undefined
        ? failure(reply, 404, 'Not found', `There is no such record.`)
        : envelope(reply, 200, { data: view(record, request.query as Query) });
    });
  }
}

/** A user with the parts that the query's `expand` names. */
function expanded(user: Record<string, unknown>, query: Query): Record<string, unknown> {
  const { groups, ...rest } = user;
  const parts = String(query['expand'] ?? '').split(',');
  return {
    ...rest,
    csp_roles: parts.includes('csproles') ? ['reader', { name: 'auditor' }] : null,
    ...(parts.includes('group') && { groups }),
    ...(parts.includes('login') && { logins: [{ ip: '192.0.2.77', created: user['created'] }] }),
  };
}

/** Changes the list after its first page was read, once. */
function drift(users: Record<string, unknown>[], query: Query, kind: string): void {
  if ('offset' in query || users.length === 0) return;
  if (kind === 'delete') users.shift();
  else if (kind === 'insert' && users[0]?.['id'] !== 1) users.unshift(lateUser(1));
}

function signedPath(request: FastifyRequest, pathPrefix: string): string {
  const path = request.url.split('?', 1)[0] ?? '';
  return path.slice(pathPrefix.length);
}

function bodyText(request: FastifyRequest): string {
  return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
}

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(JSON.stringify(body));
}
