import type { FastifyInstance } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import { serveApi } from '../kit/serve-api.js';
import type { Simulator } from '../kit/simulator.js';
import type { TrafficLog } from '../kit/traffic.js';
import { accountRoutes } from './account-routes.js';
import { sendProblem } from './answers.js';
import { Console } from './console.js';
import { accountCredentials } from './credentials.js';
import type { RunZeroOptions } from './definition.js';
import { exportRoutes } from './export-routes.js';
import { tenancy } from './tenancy.js';

/** Starts the simulated console. */
export async function serveRunZero(options: RunZeroOptions, kit: SettledKitOptions): Promise<Simulator> {
  const account = tenancy(options, kit.seed);
  const credentials = accountCredentials(kit.seed);
  const exportToken = account.organizations.find((organization) => organization.exportToken !== undefined)?.exportToken;
  return serveApi({
    vendor: 'runzero',
    kit,
    basePath: '/api/v1.0',
    credentials: {
      default: { accountAPIKey: credentials.accountKey },
      ...(exportToken === undefined ? {} : { 'export-token': { exportToken } }),
      'account-key-export': { accountAPIKey: credentials.accountKey, exportWithAccountKey: 'true' },
    },
    routes: (scope, { traffic }) => {
      if (!options.compression) refuseCompression(scope);
      const console = new Console({ options, kit, tenancy: account, credentials }, traffic);
      accountRoutes(scope, console);
      exportRoutes(scope, console);
      answerTheRest(scope, traffic);
    },
  });
}

/** The real console's answers travel as they are, whatever the client accepts. */
function refuseCompression(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request) => {
    delete request.headers['accept-encoding'];
  });
}

/** Paths that do not exist, and methods that would change something: a collector that uses one is broken. */
function answerTheRest(scope: FastifyInstance, traffic: TrafficLog): void {
  scope.setNotFoundHandler(async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      return sendProblem(reply, 404, 'Not Found', 'There is nothing at this path.');
    }
    traffic.refused('a method that writes');
    return sendProblem(reply, 405, 'Method Not Allowed', 'The simulator changes nothing.');
  });
}
