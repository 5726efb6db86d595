import type { FastifyInstance } from 'fastify';
import type { FaultPlan } from './fault-plan.js';
import { FAULT_REQUEST_SCHEMA, plannedFault } from './fault-request.js';
import type { FaultRequest } from './fault-request.js';
import type { Traffic } from './traffic.js';

/** Below this path a simulator is told what to do and asked what it saw; no vendor has such a path. */
export const CONTROL_PATH = '/__simulator';

const LISTED_REQUESTS = 1_000;
const MINUTE = 60_000;

/** Routes for another process (a test of the command, a person with curl): faults in, figures out. */
export function answerControlRequests(
  server: FastifyInstance,
  { faults, traffic }: { readonly faults: FaultPlan; readonly traffic: Traffic },
): void {
  server.get(`${CONTROL_PATH}/traffic`, () => trafficReport(traffic));
  server.delete(`${CONTROL_PATH}/traffic`, async (_request, reply) => {
    traffic.reset();
    return reply.code(204).send();
  });
  server.post(`${CONTROL_PATH}/faults`, async (request, reply) => {
    // Not as the route's schema: few simulators are ever told a fault this way, and compiling it takes longer than the
    // rest of a start.
    const validate = request.compileValidationSchema(FAULT_REQUEST_SCHEMA);
    if (!validate(request.body)) {
      const problems = (validate.errors ?? []).map((error) => `body${error.instancePath} ${error.message ?? ''}`);
      return reply.code(400).send({ message: problems.join('; ') });
    }
    try {
      faults.add(plannedFault(request.body as FaultRequest));
    } catch (error) {
      // A route or a pattern that cannot be read; the message says how to write it.
      return reply.code(400).send({ message: error instanceof Error ? error.message : String(error) });
    }
    return reply.code(204).send();
  });
  server.delete(`${CONTROL_PATH}/faults`, async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function trafficReport(traffic: Traffic): object {
  const { requests } = traffic;
  const byRoute: Record<string, number> = {};
  for (const { method, path } of requests) byRoute[`${method} ${path}`] = (byRoute[`${method} ${path}`] ?? 0) + 1;
  return {
    count: traffic.count(),
    peakInFlight: traffic.peakInFlight,
    peakConnections: traffic.peakConnections,
    maxPerMinute: traffic.maxPerWindow(MINUTE),
    bytes: traffic.bytes,
    unauthorized: traffic.unauthorized,
    refusals: traffic.refusals,
    byRoute,
    latest: requests.slice(-LISTED_REQUESTS),
  };
}
