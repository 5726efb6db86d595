import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../kit/simulator.js';
import { startSimulator } from '../registry.js';

const INSTANCE = { source: 'integration-managed', integrationInstanceId: 'instance-1' };
const SCOPE = 'integration:instance-1';
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator('jupiterone', { maxBodyBytes: 2_000 });
});

afterEach(async () => {
  await simulator.close();
});

describe('the simulated JupiterOne', () => {
  it('holds exactly what a finalized job uploaded', async () => {
    const job = await finalized([entity('a'), entity('b')], [entity('a|has|b', 'x_has_y')]);

    expect(job).toMatchObject({ status: 'FINISHED', numEntitiesCreated: 2, numRelationshipsCreated: 1 });
    expect(await held()).toEqual({
      entities: [entity('a'), entity('b')],
      relationships: [entity('a|has|b', 'x_has_y')],
    });
  });

  it('updates what differs and deletes what an upload no longer holds', async () => {
    await finalized([entity('a'), entity('b'), entity('c')]);

    const job = await finalized([entity('a'), { ...entity('b'), name: 'new' }]);

    expect(job).toMatchObject({ numEntitiesCreated: 0, numEntitiesUpdated: 1, numEntitiesDeleted: 1 });
    expect((await held()).entities).toEqual([entity('a'), { ...entity('b'), name: 'new' }]);
  });

  it('keeps what is missing of a partial type', async () => {
    await finalized([entity('a'), entity('b', 'other')]);

    await finalized([], [], { types: ['other'] });

    expect((await held()).entities).toEqual([entity('b', 'other')]);
  });

  it('deletes nothing of another instance', async () => {
    await finalized([entity('a')]);

    await finalized([entity('z')], [], undefined, { source: 'api', scope: 'mine' });

    expect((await held()).entities).toEqual([entity('a')]);
    expect((await held('api:mine')).entities).toEqual([entity('z')]);
  });

  it('holds nothing of a job that was aborted, or not finalized', async () => {
    const id = await newJob();
    await post(`jobs/${id}/entities`, { entities: [entity('a')] });

    expect(await post(`jobs/${id}/abort`, { reason: 'no' })).toMatchObject({
      status: 200,
      body: { job: { status: 'ABORTED', abortReason: 'no', numEntitiesUploaded: 1 } },
    });
    expect((await held()).entities).toEqual([]);
  });

  it.each(['entities', 'finalize', 'abort'])('takes no %s after the end of a job', async (action) => {
    const { id } = await finalized([]);

    expect(await post(`jobs/${id}/${action}`, { entities: [] })).toMatchObject({
      status: 400,
      body: { error: { code: 'JOB_NOT_AWAITING_UPLOADS' } },
    });
  });

  it.each([
    ['an unknown job', 'jobs/none/entities', { entities: [] }, 404, 'JOB_NOT_FOUND'],
    ['a job without an instance', 'jobs', { source: 'integration-managed' }, 400, 'BAD_SCOPE'],
    ['a job without a scope', 'jobs', { source: 'api' }, 400, 'BAD_SCOPE'],
    ['a job without a source', 'jobs', {}, 400, 'BAD_SOURCE'],
  ])('refuses %s', async (_what, path, body, status, code) => {
    expect(await post(path, body)).toMatchObject({ status, body: { error: { code } } });
  });

  it.each([
    ['no list', { entities: {} }, 400, 'ENTITY_IS_NOT_ARRAY'],
    ['an entity without a key', { entities: [{ _type: 'x' }] }, 400, 'BAD_GRAPH_OBJECT'],
    ['too much', { entities: [{ ...entity('a'), name: 'x'.repeat(2_000) }] }, 413, 'RequestEntityTooLargeException'],
  ])('refuses an upload of %s', async (_what, body, status, code) => {
    expect(await post(`jobs/${await newJob()}/entities`, body)).toMatchObject({ status, body: { error: { code } } });
  });

  it('reads compressed uploads', async () => {
    const id = await newJob();
    const body = gzipSync(JSON.stringify({ entities: [entity('a')] }));

    expect((await send(`jobs/${id}/entities`, body, { 'content-encoding': 'gzip' })).status).toBe(200);
  });

  it.each([
    [401, { authorization: 'Bearer wrong' }],
    [401, { authorization: '' }],
    [403, { 'jupiterone-account': 'other' }],
  ])('answers %d to other credentials', async (status, headers) => {
    expect((await send('jobs', JSON.stringify(INSTANCE), headers)).status).toBe(status);
    expect(simulator.traffic.unauthorized).toBe(1);
  });
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

interface HeldGraph {
  entities: unknown[];
  relationships: unknown[];
}

function entity(_key: string, _type = 'x'): Record<string, string> {
  return { _key, _type };
}

async function newJob(job: object = INSTANCE): Promise<string> {
  return ((await post('jobs', job)).body['job'] as { id: string }).id;
}

async function finalized(
  entities: object[],
  relationships: object[] = [],
  partialDatasets?: object,
  job?: object,
): Promise<{ id: string }> {
  const id = await newJob(job);
  await post(`jobs/${id}/entities`, { entities });
  await post(`jobs/${id}/relationships`, { relationships });
  return (await post(`jobs/${id}/finalize`, { partialDatasets })).body['job'] as { id: string };
}

async function held(scope = SCOPE): Promise<HeldGraph> {
  const answer = await request(`${simulator.baseUrl}/simulated/graph?scope=${scope}`, { headers: headers() });
  return (await answer.body.json()) as HeldGraph;
}

function post(path: string, body: object): Promise<Answer> {
  return send(path, JSON.stringify(body));
}

async function send(path: string, body: string | Buffer, others: Record<string, string> = {}): Promise<Answer> {
  const answer = await request(`${simulator.baseUrl}/persister/synchronization/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers(), ...others },
    body,
  });
  return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, unknown> };
}

function headers(): Record<string, string> {
  const { account = '', apiKey = '' } = simulator.credentials['default'] ?? {};
  return { authorization: `Bearer ${apiKey}`, 'jupiterone-account': account };
}
