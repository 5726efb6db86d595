import { createHmac } from 'node:crypto';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../kit/simulator.js';
import { startSimulator } from '../registry.js';

const SECRET = 'example-secret-0123456789abcdef';
const NOW = 1_700_000_000_000;
let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('the Aqua simulator', () => {
  // Signatures that were computed by hand for this key, secret and clock.
  it.each([
    ['/v2/accounts/10630', '075c875b455f21e6aa83e8c242a275c48b577cfe69b85985c2e5bd3d8c508547'],
    ['/v2/groups?limit=1', 'c409c0ba954e773421959c47e553523a50ef127e5b57e7acc99e7fb49b2746ef'],
    ['/v2/groups?limit=1&offset=1', 'c409c0ba954e773421959c47e553523a50ef127e5b57e7acc99e7fb49b2746ef'],
    ['/v2/users?expand=group&limit=100', '510251f03c11ee6b7938833d779fda9a573a78ddf265c15fca50e1f3b7d23964'],
    ['/v2/apikeys?limit=100', 'b8102424b0af26294016680e5c5d6858c1aaa00503eb9f6ec26ec3db98fd43fa'],
  ])('accepts the published signature of %s', async (path, signature) => {
    simulator = await startSimulator('aquasec', { clock: { now: () => NOW } });

    const answer = await get(path, { signature, timestamp: '1700000000' });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 200, code: 0 });
  });

  it.each([
    ['of another path', { signature: 'c409c0ba954e773421959c47e553523a50ef127e5b57e7acc99e7fb49b2746ef' }],
    ['by an unknown key', { apiKey: 'AKNOBODY' }],
    ['by another secret', { secret: 'wrong' }],
    ['too old', { timestamp: '1699999699' }],
    ['too new', { timestamp: '1700000301' }],
    ['with a time that is none', { timestamp: 'yesterday' }],
  ])('refuses a signature %s with 403 and the same envelope', async (_what, signing) => {
    simulator = await startSimulator('aquasec', { clock: { now: () => NOW } });

    const answer = await get('/v2/users', { timestamp: '1700000000', ...signing });

    expect(answer).toMatchObject({ status: 403, body: { status: 403, code: 1, message: 'Access denied' } });
    expect(simulator.traffic.unauthorized).toBe(1);
  });

  it('takes the time in milliseconds too', async () => {
    simulator = await startSimulator('aquasec', { clock: { now: () => NOW } });

    expect((await get('/v2/groups', { timestamp: String(NOW) })).status).toBe(200);
  });

  it('answers an unknown route as the gateway does, without an envelope', async () => {
    simulator = await startSimulator('aquasec');

    expect(await get('/v2/nothing')).toMatchObject({
      status: 403,
      body: { message: 'Missing Authentication Token' },
    });
  });

  it.each([
    ['plain', [2, 2, 1, 0]],
    ['meta', [2, 2, 1]],
    ['total', [2, 2, 1]],
    ['ignore', [5]],
  ])('pages in mode %s', async (pagingMode, lengths) => {
    simulator = await startSimulator('aquasec', { pagingMode, maxLimit: 2, users: 5 });

    const pages = await Promise.all(
      lengths.map(async (_length, page) =>
        data(await get(`/v2/users?limit=100${page > 0 ? `&offset=${page * 2}` : ''}`)),
      ),
    );

    expect(pages.map((page) => page.length)).toEqual(lengths);
    expect(pages.flat().map(({ id }) => id)).toEqual([501, 502, 503, 504, 505]);
  });

  it('refuses a limit when it does not know the parameter', async () => {
    simulator = await startSimulator('aquasec', { pagingMode: 'no-limit-support' });

    expect((await get('/v2/groups?limit=100')).status).toBe(400);
    expect(data(await get('/v2/groups'))).toHaveLength(4);
  });

  it('answers 404 beyond the end when told to', async () => {
    simulator = await startSimulator('aquasec', { beyondEnd: '404' });

    expect((await get('/v2/groups?offset=4')).status).toBe(404);
  });

  it('shows groups, roles and sign-ins of users only when asked', async () => {
    simulator = await startSimulator('aquasec');

    const [plain] = data(await get('/v2/users'));
    const [full] = data(await get('/v2/users?expand=group,csproles,login'));

    expect(plain).toMatchObject({ csp_roles: null });
    expect(plain).not.toHaveProperty('groups');
    expect(plain).not.toHaveProperty('logins');
    expect(full).toMatchObject({ csp_roles: ['reader', { name: 'auditor' }], groups: [{ id: 12_022 }] });
    expect(full).toHaveProperty('logins');
  });

  it.each([
    ['delete', [502, 503]],
    ['insert', [1, 501]],
  ])('lets the users drift (%s) after their first page', async (drift, ids) => {
    simulator = await startSimulator('aquasec', { drift, maxLimit: 2, users: 4 });

    const first = data(await get('/v2/users'));
    const again = data(await get('/v2/users?offset=0'));

    expect(first.map(({ id }) => id)).toEqual([501, 502]);
    expect(again.map(({ id }) => id)).toEqual(ids);
  });

  it('gives the same data for the same seed', async () => {
    simulator = await startSimulator('aquasec', { seed: 7, clock: { now: () => NOW } });
    const first = await get('/v2/apikeys');
    await simulator.close();
    simulator = await startSimulator('aquasec', { seed: 7, clock: { now: () => NOW } });

    expect((await get('/v2/apikeys')).body).toEqual(first.body);
  });

  it('never lists a secret of an API key', async () => {
    simulator = await startSimulator('aquasec');

    expect(JSON.stringify((await get('/v2/apikeys')).body)).not.toContain('secret');
  });
});

interface Signing {
  apiKey?: string;
  secret?: string;
  timestamp?: string;
  signature?: string;
}

/** A request that this test signs by itself, the query left out. */
async function get(path: string, signing: Signing = {}): Promise<{ status: number; body: unknown }> {
  const {
    apiKey = 'AKEXAMPLE0000000000001',
    secret = SECRET,
    timestamp = String(Math.floor(Date.now() / 1000)),
  } = signing;
  const signed = `${timestamp}GET${path.split('?', 1)[0] ?? ''}`;
  const signature = signing.signature ?? createHmac('sha256', secret).update(signed).digest('hex');
  const answer = await request(`${simulator.baseUrl}${path}`, {
    headers: { 'x-api-key': apiKey, 'x-timestamp': timestamp, 'x-signature': signature },
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

function data(answer: { body: unknown }): { id: number }[] {
  return (answer.body as { data: { id: number }[] }).data;
}
