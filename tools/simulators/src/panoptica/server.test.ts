import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KitOptions, Simulator } from '../kit/simulator.js';
import { ACCESS_KEY, SECRET_KEY } from './credentials.js';
import { panoptica } from './definition.js';
import { CREDENTIAL_SCOPE, escherSignature } from './escher-signature.js';
import type { PanopticaOptions } from './options.js';

const NOW = Date.UTC(2022, 6, 26, 12, 21, 39);
const DATE = '20220726T122139Z';
const TELEMETRY_QUERY = 'sortKey=appName&startTime=2021-07-26T12:21:39.000Z&endTime=2022-07-26T12:21:39.000Z';

interface Signing {
  accessKey?: string;
  secretKey?: string;
  date?: string;
  scope?: string;
  host?: string;
  /** What is signed instead of what is sent. */
  signedTarget?: string;
  canonicalisation?: 'js' | 'java';
}

describe('the Panoptica simulator', () => {
  let agent: Agent;
  let simulator: Simulator;

  beforeEach(() => {
    agent = new Agent();
  });

  afterEach(async () => {
    await agent.destroy();
    await simulator.close();
  });

  async function start(options: Partial<PanopticaOptions> & KitOptions = {}): Promise<void> {
    simulator = await panoptica.start({ clock: { now: () => NOW }, ...options });
  }

  async function send(target: string, signing: Signing = {}, method: 'GET' | 'POST' = 'GET') {
    const { accessKey = ACCESS_KEY, secretKey = SECRET_KEY, date = DATE, scope = CREDENTIAL_SCOPE } = signing;
    const url = new URL(`${simulator.baseUrl}${target}`);
    const host = signing.host ?? url.host;
    const signed = { method, target: signing.signedTarget ?? `${url.pathname}${url.search}`, host, date, body: '' };
    const signature = escherSignature(signed, secretKey, signing.canonicalisation);
    const credential = `${accessKey}/${date.slice(0, 8)}/${scope}`;
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      method,
      headers: {
        host,
        'x-escher-date': date,
        'x-escher-auth': `ESR-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-escher-date, Signature=${signature}`,
      },
    });
    return { status: statusCode, headers, text: await body.text() };
  }

  async function rows<Row = { id: string }>(target: string): Promise<Row[]> {
    const { status, text } = await send(target);
    if (status !== 200) throw new Error(`${target}: ${status} ${text}`);
    return JSON.parse(text) as Row[];
  }

  async function imageId(name: string): Promise<string> {
    const images = await rows<{ id: string; imageName: string }>('/images?maxResults=200');
    const image = images.find(({ imageName }) => imageName.endsWith(`/${name}`));
    if (image === undefined) throw new Error(`There is no image ${name}.`);
    return image.id;
  }

  describe('authentication', () => {
    const UUID = '9c0f2a51-7d4e-4f3b-8a6c-1b2d3e4f5a6b';
    const REFUSED = `HTTP Status 401 - verification failed for ${ACCESS_KEY}:`;

    it('answers a wrong signature with the bytes that the live service sent', async () => {
      await start();

      const { status, headers, text } = await send('/users', { secretKey: 'INVALID', host: 'securecn.cisco.com' });

      expect(status).toBe(401);
      expect(text).toBe(
        '{"message":"HTTP Status 401 - verification failed for 0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42: ' +
          'The signatures do not match (provided: 4a6618a86946aae0f903a42b205d2c155d98b33adffab4a09ecd70eb2c21be6f, ' +
          'calculated: a49d49cd3d8f0b2891799d5878e01f63f9bc72cf7ad83be0fd0e1533ac20f941). path: /users","errors":{}}\n',
      );
      expect(headers).toMatchObject({
        'content-type': 'application/json;charset=ISO-8859-1',
        'content-length': '303',
      });
    });

    it('answers a key that is no UUID with the bytes that the live service sent', async () => {
      await start();

      const { status, headers, text } = await send('/users', { accessKey: 'INVALID' });

      expect(status).toBe(401);
      expect(text).toBe('{"message":"HTTP Status 401 - INVALID is not a valid UUID. path: /users","errors":{}}\n');
      expect(headers['content-length']).toBe('86');
    });

    it.each<[string, Signing, string]>([
      [
        'a key that nobody has',
        { accessKey: UUID },
        `HTTP Status 401 - verification failed for ${UUID}: Invalid Escher key. path: /users`,
      ],
      [
        'another scope',
        { scope: 'eu/services/portshift_request' },
        `${REFUSED} Invalid Credential Scope. path: /users`,
      ],
      [
        'a date 301 s ago',
        { date: '20220726T121638Z' },
        `${REFUSED} The request date is not within the accepted time range. path: /users`,
      ],
      [
        'a date 301 s ahead',
        { date: '20220726T122640Z' },
        `${REFUSED} The request date is not within the accepted time range. path: /users`,
      ],
      [
        'an old date, also with a wrong signature',
        { date: '20220725T122139Z', secretKey: 'INVALID' },
        `${REFUSED} The request date is not within the accepted time range. path: /users`,
      ],
      [
        'a malformed date',
        { date: 'yesterday' },
        `${REFUSED} Invalid date header, expected format is: 20151104T092022Z. path: /users`,
      ],
    ])('refuses %s', async (_what, signing, message) => {
      await start();

      const { status, text } = await send('/users', signing);

      expect({ status, message: (JSON.parse(text) as { message: string }).message }).toEqual({ status: 401, message });
      expect(simulator.traffic.unauthorized).toBe(1);
    });

    it.each(['20220726T121639Z', '20220726T122639Z'])('accepts a date 300 s away, %s', async (date) => {
      await start();

      expect(await send('/users', { date })).toMatchObject({ status: 200 });
    });

    it('refuses a signature that was made for another path, query or host', async () => {
      await start();

      const answers = await Promise.all([
        send('/users', { signedTarget: '/api/me' }),
        send('/users', { signedTarget: '/users' }),
        send('/images?offset=0', { signedTarget: '/api/images?offset=200' }),
        send('/users', { signedTarget: '/api/users', date: DATE, host: 'securecn.cisco.com', secretKey: 'INVALID' }),
      ]);

      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    });

    it('refuses a request without headers, and paths that it does not have', async () => {
      await start();

      const { statusCode, body } = await request(`${simulator.baseUrl}/nowhere`, { dispatcher: agent });

      expect(statusCode).toBe(401);
      expect(await body.text()).toBe(
        '{"message":"HTTP Status 401 - verification failed for : The x-escher-date header is missing. path: /nowhere","errors":{}}\n',
      );
      expect(await send('/nowhere')).toMatchObject({ status: 404, text: '{"message":"Not found"}' });
    });

    it('differs on "!" between the two libraries', async () => {
      await start({ canonicalisation: 'java' });

      expect(await send('/images?IMAGE_NAME=a!')).toMatchObject({ status: 401 });
      expect(await send('/images?IMAGE_NAME=a!', { canonicalisation: 'java' })).toMatchObject({ status: 200 });
      expect(await send('/images?IMAGE_NAME=a')).toMatchObject({ status: 200 });
    });

    it('accepts a signature that was made for the path below a prefix', async () => {
      await start({ pathPrefix: '/gateway' });

      expect(simulator.baseUrl).toMatch(/\/gateway\/api$/);
      expect(await send('/users')).toMatchObject({ status: 200 });
    });
  });

  describe('pages', () => {
    it.each([
      ['no size', '', 100],
      ['200', '?maxResults=200', 200],
      ['more than the maximum', '?maxResults=1000', 200],
      ['a part', '?maxResults=7', 7],
      ['the end', '?offset=245&maxResults=200', 5],
      ['beyond the end', '?offset=250', 0],
    ])('has the right length when asked for %s', async (_what, query, length) => {
      await start({ images: 250, rowsPerImage: 1, oddities: false });

      expect(await rows(`/images${query}`)).toHaveLength(length);
    });

    it('refuses more than the maximum when told so', async () => {
      await start({ overMaximum: 'refuse' });

      expect(await send('/images?maxResults=201')).toMatchObject({ status: 400 });
      expect(await send('/images?maxResults=200')).toMatchObject({ status: 200 });
    });

    it('has a cap of its own when told so', async () => {
      await start({ images: 250, rowsPerImage: 1, oddities: false, maxPageSize: 20 });

      expect(await rows('/images')).toHaveLength(20);
      expect(await rows('/images?maxResults=200')).toHaveLength(20);
    });

    it('repeats and skips rows when the order is not stable, and keeps to the severity', async () => {
      await start({ images: 1, rowsPerImage: 60, distinctVulnerabilities: 60, oddities: false });
      const [image] = await rows('/images');
      const path = `/images/${image?.id ?? ''}/vulnerabilities`;

      const first = await rows<{ id: string; severity: string }>(path);
      const second = await rows<{ id: string; severity: string }>(path);

      expect(first.map(({ id }) => id)).not.toEqual(second.map(({ id }) => id));
      expect(first.map(({ severity }) => severity)).toEqual(second.map(({ severity }) => severity));
      expect([...new Set(first.map(({ severity }) => severity))]).toEqual([
        'CRITICAL',
        'HIGH',
        'MEDIUM',
        'LOW',
        'UNKNOWN',
      ]);
      expect(new Set(first.map(({ id }) => id)).size).toBe(60);
    });

    it('has one order for all requests when told so, which can be turned round', async () => {
      await start({ images: 30, order: 'stable' });

      const ascending = await rows('/images?sortKey=TIME&sortDir=ASC');

      expect(await rows('/images?sortKey=TIME&sortDir=ASC')).toEqual(ascending);
      expect(
        (await rows<{ timeAdded: string }>('/images?sortKey=TIME&sortDir=DESC')).map(({ timeAdded }) => timeAdded),
      ).toEqual((ascending as unknown as { timeAdded: string }[]).map(({ timeAdded }) => timeAdded).reverse());
    });

    it('lists an ordinary image’s vulnerabilities once each', async () => {
      await start({ images: 3, rowsPerImage: 100, distinctVulnerabilities: 240, oddities: false });

      const images = await rows('/images');
      const found = await Promise.all(images.map(async ({ id }) => rows(`/images/${id}/vulnerabilities`)));

      expect(found.map((list) => new Set(list.map(({ id }) => id)).size)).toEqual([100, 100, 100]);
      expect(new Set(found.flat().map(({ id }) => id)).size).toBe(240);
    });
  });

  describe('telemetries', () => {
    it.each([
      '',
      'sortKey=appName',
      'sortKey=appName&startTime=2021-07-26&endTime=soon',
      'sortKey=colour&startTime=2021-07-26&endTime=2022-07-26',
    ])('are refused for "%s"', async (query) => {
      await start();

      expect(await send(`/appTelemetries?${query}`)).toMatchObject({ status: 400 });
    });

    it('hold every oddity', async () => {
      await start();

      const workloads = await rows<{
        pod: {
          id: string;
          name: string;
          containers: { image: { repository: string; tag: string | null; hash: string | null } }[];
        } | null;
        cluster: { id: string };
      }>(`/appTelemetries?${TELEMETRY_QUERY}`);
      const clusters = await rows<{ KubernetesCluster: { id: string } }>('/kubernetesClusters');
      const known = clusters.map(({ KubernetesCluster }) => KubernetesCluster.id);
      const named = (name: string) => workloads.filter(({ pod }) => pod?.name === name);

      expect(workloads.filter(({ pod }) => pod === null)).toHaveLength(1);
      expect(named('same-tag')[0]?.pod?.containers.map(({ image }) => image.tag)).toEqual(['latest', 'latest']);
      expect(named('without-tag')[0]?.pod?.containers[0]?.image.tag).toBeNull();
      expect(named('without-containers')[0]?.pod?.containers).toEqual([]);
      expect(named('in-two-clusters').map(({ cluster }) => cluster.id)).toHaveLength(2);
      expect(known).not.toContain(named('elsewhere')[0]?.cluster.id);
      expect(workloads.flatMap(({ pod }) => pod?.containers ?? []).every(({ image }) => image.hash === null)).toBe(
        true,
      );
    });
  });

  describe('clusters', () => {
    it('are wrapped with their agent and hold secrets', async () => {
      await start();

      const text = (await send('/kubernetesClusters')).text;

      expect(text).toContain('"KubernetesCluster":');
      for (const secret of [
        '"sharedSecret":"canary-',
        '"sharedKey":"canary-',
        'canary-helm-',
        'proxy-user:canary-proxy@',
      ]) {
        expect(text).toContain(secret);
      }
    });

    it('are flat when told so', async () => {
      await start({ clusterShape: 'flat' });

      const clusters = await rows<Record<string, unknown>>('/kubernetesClusters');
      const first = clusters.find(({ name }) => name === 'production-1');

      expect(Object.keys(first ?? {})).toContain('tracingSupportSettings');
      expect(Object.keys(first ?? {})).not.toContain('KubernetesCluster');
    });
  });

  describe('images', () => {
    it.each([
      ['summary-empty-but-rows', 0, 73],
      ['summary-but-no-rows', 29, 0],
      ['1-rows', 1, 1],
      ['100-rows', 100, 100],
      ['200-rows', 200, 200],
    ])('%s has %i in its summary and %i rows', async (name, total, count) => {
      await start();
      const id = await imageId(name);

      const image = JSON.parse((await send(`/images/${id}`)).text) as { vulnerabilitiesSummary: { total: number } };

      expect(image.vulnerabilitiesSummary.total).toBe(total);
      expect(await rows(`/images/${id}/vulnerabilities?maxResults=200`)).toHaveLength(count);
    });

    it('that share a vulnerability differ in whether there is a fix', async () => {
      await start();
      const ids = [await imageId('every-layer'), await imageId('every-layer-again')];

      const [first, second] = await Promise.all(
        ids.map(async (id) =>
          rows<{ id: string; name: string; layerName: string; vulnerabilitySources: { fixAvailability: string } }>(
            `/images/${id}/vulnerabilities`,
          ),
        ),
      );
      const shared = [first, second].map((list = []) => list.filter(({ name }) => name === 'CVE-2019-5481'));

      expect(new Set(shared.flat().map(({ id }) => id)).size).toBe(1);
      expect(shared.map((list) => new Set(list.map(({ layerName }) => layerName)).size)).toEqual([3, 3]);
      expect(shared.map((list) => list[0]?.vulnerabilitySources.fixAvailability)).toEqual(['FIX_AVILABLE', 'NO_FIX']);
    });

    it('that do not exist are not found', async () => {
      await start();

      expect(await send('/images/3d0c82a0-8f1e-4b12-9ec6-6690edc8d5fa/vulnerabilities')).toMatchObject({ status: 404 });
    });
  });

  it.each([
    ['ok', 200],
    ['forbidden', 403],
    ['not-allowed', 405],
  ])('answers /me as told: %s', async (me, status) => {
    await start({ me });

    expect(await send('/me')).toMatchObject({ status });
    expect(await send('/me', {}, 'POST')).toMatchObject({ status });
    expect(await send('/account/usageStatus', {}, 'POST')).toMatchObject({
      status: 200,
      text: '{"currentNodesUsage":18,"maxNodes":200,"currentClustersUsage":3,"maxClusters":20}',
    });
  });

  it('lists a risk for each cluster, almost empty for one that was never scanned', async () => {
    await start();

    const risks = await rows<{ id: string | null; clusterName: string; scanConfig: unknown }>('/riskAssessment');

    expect(risks.map(({ clusterName }) => clusterName)).toEqual([
      'production-1',
      'production-2',
      'production-3',
      'bare',
    ]);
    expect(risks.at(-1)).toMatchObject({ id: null, scanConfig: null, status: 'NOT_SCANNED' });
  });

  it('lists the service user of the credentials among the users', async () => {
    await start();

    const users = await rows<{ id: string; role: string; email: string | null }>('/users');

    expect(users).toHaveLength(7);
    expect(users.find(({ id }) => id === ACCESS_KEY)).toMatchObject({ role: 'SERVICE', email: null });
  });

  it('holds the same account for the same seed, and another one for another', async () => {
    await start();
    const first = await send('/users');
    await simulator.close();
    await start();
    const again = await send('/users');
    await simulator.close();
    await start({ seed: 2 });

    expect(again.text).toBe(first.text);
    expect((await send('/users')).text).not.toBe(first.text);
  });
});
