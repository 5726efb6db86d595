import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SettledKitOptions } from '../kit/kit-options.js';
import { Random } from '../kit/random.js';
import { serveApi } from '../kit/serve-api.js';
import type { Simulator } from '../kit/simulator.js';
import type { TrafficLog } from '../kit/traffic.js';
import type { JupiterOneSimulatorOptions } from './definition.js';
import { HeldObjects, type GraphObject } from './held-graph.js';
import { newJob, scopeOf, type SynchronizationJob } from './synchronization-job.js';

/** Above every limit that is configured: what is too much is answered by this server, not by its parser. */
const PARSER_LIMIT_BYTES = 64 * 1024 * 1024;

interface Scope {
  readonly entities: HeldObjects;
  readonly relationships: HeldObjects;
}

interface OpenJob {
  readonly job: SynchronizationJob;
  readonly entities: Map<string, GraphObject>;
  readonly relationships: Map<string, GraphObject>;
}

/** An answer that ends a request early. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Serves JupiterOne's synchronization API, and `GET /simulated/graph?scope=…`, which the real one does not have: it answers
 * what a scope (`integration:<instance id>` or `api:<scope>`) holds now.
 */
export async function serveJupiterOne(
  options: Readonly<JupiterOneSimulatorOptions>,
  kit: SettledKitOptions,
): Promise<Simulator> {
  return serveApi({
    vendor: 'jupiterone',
    kit,
    basePath: '',
    credentials: { default: { account: options.account, apiKey: options.apiKey } },
    routes: (scope, { traffic }) => {
      addRoutes(scope, traffic, options, kit);
    },
  });
}

function addRoutes(
  server: FastifyInstance,
  traffic: TrafficLog,
  options: Readonly<JupiterOneSimulatorOptions>,
  kit: SettledKitOptions,
): void {
  const ids = new Random(`jupiterone/${kit.seed}`);
  const scopes = new Map<string, Scope>();
  const jobs = new Map<string, OpenJob>();

  const scopeNamed = (name: string): Scope => {
    const scope = scopes.get(name) ?? { entities: new HeldObjects(), relationships: new HeldObjects() };
    scopes.set(name, scope);
    return scope;
  };
  const jobOf = (request: FastifyRequest): OpenJob => {
    const { id } = request.params as { id: string };
    const job = jobs.get(id);
    if (job === undefined) throw new Refusal(404, 'JOB_NOT_FOUND', 'There is no such job.');
    return job;
  };
  const awaitingJobOf = (request: FastifyRequest): OpenJob => {
    const open = jobOf(request);
    if (open.job.status !== 'AWAITING_UPLOADS') {
      throw new Refusal(400, 'JOB_NOT_AWAITING_UPLOADS', `The job is ${open.job.status}.`);
    }
    return open;
  };

  server.setErrorHandler((error: Error, _request, reply: FastifyReply) => {
    if (!(error instanceof Refusal)) throw error;
    return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
  });

  server.addHook('onRequest', async (request) => {
    const problem = credentialProblem(request, options);
    if (problem === undefined) return;
    traffic.refused(problem.message);
    throw problem;
  });

  server.post('/persister/synchronization/jobs', (request) => {
    const { source, scope, integrationInstanceId, integrationJobId } = bodyOf(request, options.maxBodyBytes);
    if (typeof source !== 'string') throw new Refusal(400, 'BAD_SOURCE', '"source" should be a text');
    const required = source === 'api' ? scope : integrationInstanceId;
    if (typeof required !== 'string' || required === '') {
      throw new Refusal(400, 'BAD_SCOPE', `"${source === 'api' ? 'scope' : 'integrationInstanceId'}" is required`);
    }
    const job = newJob(
      {
        source,
        ...(source === 'api' ? { scope: required } : { integrationInstanceId: required }),
        ...(typeof integrationJobId === 'string' && { integrationJobId }),
      },
      ids.uuid(),
      kit.clock.now(),
    );
    jobs.set(job.id, { job, entities: new Map(), relationships: new Map() });
    return { job };
  });

  server.get('/persister/synchronization/jobs/:id', (request) => ({ job: jobOf(request).job }));

  for (const kind of ['entities', 'relationships'] as const) {
    server.post(`/persister/synchronization/jobs/:id/${kind}`, { bodyLimit: PARSER_LIMIT_BYTES }, (request) => {
      const open = awaitingJobOf(request);
      for (const object of graphObjects(bodyOf(request, options.maxBodyBytes)[kind], kind)) {
        open[kind].set(object._key, object);
      }
      open.job.numEntitiesUploaded = open.entities.size;
      open.job.numRelationshipsUploaded = open.relationships.size;
      return { job: open.job };
    });
  }

  server.post('/persister/synchronization/jobs/:id/events', (request) => ({ job: awaitingJobOf(request).job }));

  server.post('/persister/synchronization/jobs/:id/finalize', (request) => {
    const { job, entities, relationships } = awaitingJobOf(request);
    const { partialDatasets } = bodyOf(request, options.maxBodyBytes) as { partialDatasets?: { types?: string[] } };
    const partialTypes = new Set(partialDatasets?.types);
    const held = scopeNamed(scopeOf(job));
    const entityChange = held.entities.finalize(entities, partialTypes);
    const relationshipChange = held.relationships.finalize(relationships, partialTypes);
    Object.assign(job, {
      status: 'FINISHED',
      numEntitiesCreated: entityChange.created,
      numEntitiesUpdated: entityChange.updated,
      numEntitiesDeleted: entityChange.deleted,
      numRelationshipsCreated: relationshipChange.created,
      numRelationshipsUpdated: relationshipChange.updated,
      numRelationshipsDeleted: relationshipChange.deleted,
    });
    return { job };
  });

  server.post('/persister/synchronization/jobs/:id/abort', (request) => {
    const { job } = awaitingJobOf(request);
    const { reason } = bodyOf(request, options.maxBodyBytes);
    job.status = 'ABORTED';
    if (typeof reason === 'string') job.abortReason = reason;
    return { job };
  });

  server.get('/simulated/graph', (request) => {
    const { scope } = request.query as { scope?: string };
    if (scope === undefined) return { scopes: [...scopes.keys()] };
    const held = scopes.get(scope);
    return { entities: held?.entities.objects ?? [], relationships: held?.relationships.objects ?? [] };
  });

  server.get('/simulated/jobs', () => ({ jobs: [...jobs.values()].map(({ job }) => job) }));
}

function credentialProblem(request: FastifyRequest, options: JupiterOneSimulatorOptions): Refusal | undefined {
  if (request.headers.authorization !== `Bearer ${options.apiKey}`) {
    return new Refusal(401, 'UNAUTHORIZED', 'The API key is not valid.');
  }
  if (request.headers['jupiterone-account'] !== options.account) {
    return new Refusal(403, 'FORBIDDEN', 'The API key does not belong to the account.');
  }
  return undefined;
}

function bodyOf(request: FastifyRequest, maxBytes: number): Record<string, unknown> {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return {};
  const isGzip = request.headers['content-encoding'] === 'gzip';
  const bytes = isGzip ? gunzipSync(request.body) : request.body;
  if (bytes.length > maxBytes) throw new Refusal(413, 'RequestEntityTooLargeException', 'The body is too large.');
  const body: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'BAD_BODY', 'The body should be an object.');
  }
  return body as Record<string, unknown>;
}

function graphObjects(value: unknown, kind: 'entities' | 'relationships'): GraphObject[] {
  const code = kind === 'entities' ? 'ENTITY_IS_NOT_ARRAY' : 'RELATIONSHIP_IS_NOT_ARRAY';
  if (!Array.isArray(value)) throw new Refusal(400, code, `"${kind}" should be an array`);
  return value.map((object: unknown) => {
    const { _key, _type } = object as Partial<GraphObject>;
    if (typeof _key !== 'string' || typeof _type !== 'string') {
      throw new Refusal(400, 'BAD_GRAPH_OBJECT', 'Each object needs a _key and a _type.');
    }
    return object as GraphObject;
  });
}
