import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PageTokens } from '../kit/page-tokens.js';
import type { AgentSet } from './agent-set.js';
import { ApiError } from './api-error.js';
import type { ThreatStackOptions } from './definition.js';
import type { ListedAgent, Organization } from './organization.js';
import { takePage } from './page.js';
import type { Page } from './page.js';
import { Query } from './query.js';
import type { VulnerabilityFilter } from './vulnerability-rows.js';

export interface RouteTools {
  readonly options: Readonly<ThreatStackOptions>;
  readonly tokens: PageTokens;
  readonly organizationOf: (request: FastifyRequest) => Organization;
  /** Sends a body of JSON, signed when answers are signed. */
  readonly answer: (request: FastifyRequest, reply: FastifyReply, body: string) => Promise<FastifyReply>;
}

/** A resource that is read page by page: the key of its list, and how a page is made. */
interface Listing {
  readonly key: string;
  readonly page: (organization: Organization, query: Query, request: FastifyRequest) => (position: number) => Page;
}

const OTHER_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The API's resources, all of them read-only. */
export function addRoutes(scope: FastifyInstance, tools: RouteTools): void {
  const { pageSize, agentWithoutCves } = tools.options;

  addListing('/v2/agents', {
    key: 'agents',
    page: (organization, query) => {
      const listed = organization.agents[query.requiredWord('status', ['online', 'offline'])];
      const isWanted = agentFilter(query);
      return (position) =>
        takePage(listed.length, position, pageSize, (at) => {
          const agent = listed[at];
          return agent !== undefined && isWanted(agent) ? agent.json : undefined;
        });
    },
  });

  addRoute('/v2/agents/:id', async (request, reply) => {
    const agent = tools.organizationOf(request).agent(parameter(request, 'id'));
    if (agent === undefined) throw new ApiError(404, 'Agent not found.');
    return tools.answer(request, reply, agent.json);
  });

  addListing('/v2/vulnerabilities', {
    key: 'cves',
    page: (organization, query) => {
      const filter = vulnerabilityFilter(organization, query);
      const rows = organization.vulnerabilities;
      return (position) => {
        const page = rows.page(position, pageSize, filter);
        if (filter.agentId !== undefined && page.rows.length === 0 && agentWithoutCves === '404') {
          throw new ApiError(404, 'No CVE data for this agent.');
        }
        return page;
      };
    },
  });

  addListing('/v2/vulnerabilities/:cve/servers', {
    key: 'servers',
    page: (organization, _query, request) => {
      const agents = organization.cve(parameter(request, 'cve'))?.agents;
      if (agents === undefined || agents.size === 0) throw new ApiError(404, 'No servers found.');
      return (position) => takePage(agents.size, position, pageSize, (at) => serverJson(organization, agents, at));
    },
  });

  addListing('/v2/alerts', {
    key: 'alerts',
    page: (organization, query) => {
      const { alerts } = organization;
      const filter = alertFilter(query);
      return (position) => takePage(alerts.length, position, pageSize, (at) => alerts.json(at, filter));
    },
  });

  addListing('/v2/aws/ec2', {
    key: 'servers',
    page: (organization, query) => {
      const servers = organization.ec2Servers;
      const monitored = query.word('monitored', ['true', 'false']);
      const isMonitored = monitored === undefined ? undefined : monitored === 'true';
      return (position) => takePage(servers.length, position, pageSize, (at) => servers.json(at, isMonitored));
    },
  });

  function addListing(url: string, listing: Listing): void {
    addRoute(url, async (request, reply) => {
      const organization = tools.organizationOf(request);
      const query = new Query(request);
      const pageAt = listing.page(organization, query, request);
      const path = request.url.split('?', 1)[0] ?? '';
      const name = `${organization.id} ${path} ${query.filters()}`;
      const { rows, next } = pageAt(positionIn(name, query.text('token')));
      const token = next === undefined ? undefined : tools.tokens.issue(name, next);
      return tools.answer(request, reply, pageJson(tools.options, listing.key, rows, token));
    });
  }

  function positionIn(listing: string, token: string | undefined): number {
    if (token === undefined) return 0;
    const position = tools.tokens.read(listing, token);
    if (position === undefined) throw new ApiError(400, 'Validation failed: query has invalid token value.');
    return position;
  }

  function addRoute(
    url: string,
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ): void {
    scope.get(url, handler);
    scope.route({
      method: OTHER_METHODS,
      url,
      handler: async () => {
        throw new ApiError(405, 'Method not allowed.');
      },
    });
  }
}

function pageJson(
  { tokenKey, finalToken }: Readonly<ThreatStackOptions>,
  key: string,
  rows: readonly string[],
  token: string | undefined,
): string {
  const list = `"${key}":[${rows.join(',')}]`;
  if (token !== undefined) return `{${list},"${tokenKey}":${JSON.stringify(token)}}`;
  if (finalToken === 'absent') return `{${list}}`;
  return `{${list},"${tokenKey}":${finalToken === 'empty' ? '""' : 'null'}}`;
}

function parameter(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? '';
}

function agentFilter(query: Query): (agent: ListedAgent) => boolean {
  const type = query.word('type', ['monitor', 'investigate']);
  const hostname = query.text('hostname');
  const instanceId = query.text('instanceId');
  const { from, until } = query.period();
  return ({ record }) => {
    const createdAt = Date.parse(record.createdAt);
    return (
      (type === undefined || record.agentType === type) &&
      (hostname === undefined || record.hostname === hostname) &&
      (instanceId === undefined || record.instanceId === instanceId) &&
      (from === undefined || createdAt >= from) &&
      (until === undefined || createdAt <= until)
    );
  };
}

function vulnerabilityFilter(organization: Organization, query: Query): VulnerabilityFilter {
  const status = query.word('status', ['active', 'suppressed']);
  const severities = query.words('severity', ['high', 'medium', 'low']);
  const notices = query.word('hasSecurityNotices', ['true', 'false']);
  const packageName = query.text('package');
  const server = query.text('server');
  const agentId = query.text('agentId') ?? (server === undefined ? undefined : agentOnServer(organization, server));
  return {
    ...(status === undefined ? {} : { isSuppressed: status === 'suppressed' }),
    ...(severities === undefined ? {} : { severities }),
    ...(notices === undefined ? {} : { hasSecurityNotice: notices === 'true' }),
    ...(packageName === undefined ? {} : { packageName }),
    ...(agentId === undefined ? {} : { agentId }),
  };
}

/** The agent on the server with this instance id or host name; '' (which nothing matches) when there is none. */
function agentOnServer(organization: Organization, server: string): string {
  const { online, offline } = organization.agents;
  const agent = [...online, ...offline].find(
    ({ record }) => record.instanceId === server || record.hostname === server,
  );
  return agent?.record.id ?? '';
}

function alertFilter(query: Query): Parameters<Organization['alerts']['json']>[1] {
  const status = query.word('status', ['active', 'dismissed']);
  const severities = query.words('severity', ['1', '2', '3'])?.map(Number);
  const agentId = query.text('agentId');
  const ruleId = query.text('ruleId');
  return {
    ...query.period(),
    ...(status === undefined ? {} : { isDismissed: status === 'dismissed' }),
    ...(severities === undefined ? {} : { severities }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(ruleId === undefined ? {} : { ruleId }),
  };
}

/** Some hosts are known by their agent only. */
function serverJson(organization: Organization, agents: AgentSet, position: number): string {
  const agentId = agents.idAt(position);
  const hostname = position % 5 === 4 ? null : (organization.agent(agentId)?.record.hostname ?? null);
  return JSON.stringify({ agentId, hostname });
}
