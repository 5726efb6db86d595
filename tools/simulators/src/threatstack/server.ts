import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import { PageTokens } from '../kit/page-tokens.js';
import type { TokenAlphabet } from '../kit/page-tokens.js';
import { Random } from '../kit/random.js';
import { serveApi } from '../kit/serve-api.js';
import { SimulatorOptionError } from '../kit/simulator-option-error.js';
import type { Simulator } from '../kit/simulator.js';
import type { TrafficLog } from '../kit/traffic.js';
import { ApiError } from './api-error.js';
import { isMember, simulatedCredentials, usersWithKey } from './credentials.js';
import type { ThreatStackOptions } from './definition.js';
import { HawkGate } from './hawk-gate.js';
import type { Session } from './hawk-gate.js';
import { Organization } from './organization.js';
import { RequestQuota } from './request-quota.js';
import { addRoutes } from './routes.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const SELF_TEST = '/help/hawk/self-test';

/** Serves the Threat Stack API: signatures, organizations, quota and errors here, resources in `routes`. */
export async function serveThreatStack(
  options: Readonly<ThreatStackOptions>,
  kit: SettledKitOptions,
): Promise<Simulator> {
  for (const name of ['pageSize', 'rateWindowMs', 'skewSeconds'] as const) {
    if (options[name] < 1) throw new SimulatorOptionError(`threatstack simulator option "${name}": at least 1.`);
  }
  const tenants = new Tenants(options, kit);
  const gate = new HawkGate(usersWithKey(options.apiKey), kit.clock, options);
  const tokens = new PageTokens(`threatstack/${kit.seed}`, options.tokenAlphabet as TokenAlphabet);
  const sessions = new WeakMap<FastifyRequest, Session>();
  const members = new WeakMap<FastifyRequest, Organization>();

  async function admit(request: FastifyRequest, reply: FastifyReply, traffic: TrafficLog): Promise<void> {
    const outcome = await gate.check(request);
    if ('reason' in outcome) {
      traffic.refused(outcome.reason);
      if (outcome.challenge !== undefined) reply.header('www-authenticate', outcome.challenge);
      throw new ApiError(outcome.status, outcome.reason);
    }
    sessions.set(request, outcome);
    if (request.routeOptions.url?.endsWith(SELF_TEST) === true) return;
    const { userId, organizationId } = outcome;
    if (organizationId === undefined || !isMember(userId, organizationId)) {
      throw new ApiError(403, 'The user has no access to this organization.');
    }
    const tenant = tenants.get(organizationId);
    members.set(request, tenant.organization);
    if (options.rateLimit > 0) count(tenant.quota, reply);
  }

  function count(quota: RequestQuota, reply: FastifyReply): void {
    const { isGranted, limit, remaining, resetMs } = quota.take(kit.clock.now());
    reply.headers({
      'x-rate-limit-limit': limit,
      'x-rate-limit-remaining': remaining,
      'x-rate-limit-reset': resetMs,
    });
    if (!isGranted) throw new ApiError(429, 'Too Many Requests');
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, body: string): Promise<FastifyReply> {
    const session = sessions.get(request);
    if (session !== undefined && options.serverAuthorization) {
      reply.header('server-authorization', session.signAnswer(body, JSON_TYPE));
    }
    return reply.type(JSON_TYPE).send(body);
  }

  function organizationOf(request: FastifyRequest): Organization {
    const organization = members.get(request);
    if (organization === undefined) throw new ApiError(403, 'The request names no organization.');
    return organization;
  }

  return serveApi({
    vendor: 'threatstack',
    kit,
    basePath: '',
    credentials: simulatedCredentials(options.apiKey),
    routes: (scope, { traffic }) => {
      scope.addHook('onRequest', async (request, reply) => admit(request, reply, traffic));
      answerErrors(scope);
      scope.get(SELF_TEST, async (request, reply) => answer(request, reply, '{"status":"ok"}'));
      addRoutes(scope, { options, tokens, organizationOf, answer });
    },
  });
}

/** Organizations that have been asked for, each with a quota of its own. */
class Tenants {
  readonly #known = new Map<string, { organization: Organization; quota: RequestQuota }>();
  readonly #options: Readonly<ThreatStackOptions>;
  readonly #seed: number;
  readonly #startedAt: number;

  constructor(options: Readonly<ThreatStackOptions>, kit: SettledKitOptions) {
    this.#options = options;
    this.#seed = kit.seed;
    this.#startedAt = kit.clock.now();
  }

  get(id: string): { organization: Organization; quota: RequestQuota } {
    let tenant = this.#known.get(id);
    if (tenant === undefined) {
      const random = new Random(this.#seed).fork('threatstack', id);
      tenant = {
        organization: new Organization(id, random, this.#options, this.#startedAt),
        quota: new RequestQuota(this.#options.rateLimit, this.#options.rateWindowMs),
      };
      this.#known.set(id, tenant);
    }
    return tenant;
  }
}

function answerErrors(scope: FastifyInstance): void {
  scope.setNotFoundHandler(async () => {
    throw new ApiError(404, 'Not found.');
  });
  scope.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof ApiError)) throw error;
    // The front end that counts requests does not speak JSON.
    if (error.status === 429) return reply.code(429).type('text/plain').send(error.message);
    return reply
      .code(error.status)
      .type(JSON_TYPE)
      .send(JSON.stringify({ errors: [error.message] }));
  });
}
