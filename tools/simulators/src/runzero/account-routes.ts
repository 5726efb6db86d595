import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendJson, sendProblem } from './answers.js';
import type { Console } from './console.js';
import { DATA_TIME, organizationRecord, siteRecord } from './tenancy.js';

/** What the account key opens, and what needs no key. */
export function accountRoutes(scope: FastifyInstance, console: Console): void {
  const { clientId, organizations, users } = console.tenancy;
  const generation = { clientId, console: console.options.console };

  const accountList = (path: string, records: () => readonly object[]): void => {
    scope.get(path, async (request, reply) => {
      if (console.admit('account', request, reply) === undefined) return reply;
      return sendJson(reply, records());
    });
  };

  accountList('/account/orgs', () => organizations.map((organization) => organizationRecord(organization, generation)));
  accountList('/account/users', () => users);
  accountList('/account/sites', () =>
    organizations.flatMap((organization) =>
      organization.sites.map((site, index) => siteRecord(site, index, organization, clientId)),
    ),
  );

  if (console.options.console !== '2022') {
    scope.get<{ Params: { id: string } }>('/account/orgs/:id/exportTokens', async (request, reply) => {
      if (console.admit('account', request, reply) === undefined) return reply;
      const organization = organizations.find(({ id }) => id === request.params.id);
      if (organization === undefined) return sendProblem(reply, 404, 'Not Found', 'There is no such organization.');
      const { id, exportToken: token } = organization;
      return sendJson(
        reply,
        token === undefined
          ? []
          : [{ id, token, comment: '', created_at: DATA_TIME, last_used_at: 0, last_used_by: '', counter: 3 }],
      );
    });
  }

  scope.get('/org/key', async (request, reply) => {
    const caller = console.admit('organization', request, reply);
    if (caller === undefined || console.organizationOf(caller, request, reply) === undefined) return reply;
    return sendJson(reply, {
      client_id: clientId,
      // The real console repeats the key too.
      token: request.headers.authorization?.replace('Bearer ', ''),
      counter: 17,
      usage_today: 14,
      usage_limit: console.options.dailyQuota,
    });
  });

  scope.get('/health', async (_request, reply) => sendJson(reply, { status: 'ok', version: '4.0.0' }));

  scope.post('/account/api/token', async (request, reply) => {
    const form = new URLSearchParams(bodyText(request));
    const { oauthClient, accessToken } = console.credentials;
    if (form.get('grant_type') !== 'client_credentials') {
      return sendProblem(reply, 400, 'Bad Request', 'grant_type must be client_credentials.');
    }
    if (form.get('client_id') !== oauthClient.id || form.get('client_secret') !== oauthClient.secret) {
      return sendProblem(reply, 401, 'Unauthorized', 'The client is unknown.');
    }
    return sendJson(reply, { access_token: accessToken, token_type: 'Bearer', expires_in: 3_600 });
  });
}

function bodyText(request: FastifyRequest): string {
  return Buffer.isBuffer(request.body) ? request.body.toString() : '';
}
