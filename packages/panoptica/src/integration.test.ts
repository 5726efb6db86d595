import { createIntegrationLogger } from '@jupiterone/integration-sdk-runtime';
import type { Entity, Relationship } from '@jupiterone/integration-sdk-core';
import { runIntegration, type Run } from '@vendor-graph/integration/testing';
import { startSimulator, type KitOptions, type Simulator, type StartOptions } from '@vendor-graph/simulators';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_CONCURRENT_REQUESTS } from './client.js';
import { panopticaIntegration } from './integration.js';

const STARTED_ON = Date.UTC(2024, 2, 1, 9, 15, 30, 250);

type Options = StartOptions<'panoptica'> & KitOptions;

const ALL_STEPS = [
  'build-cluster-risk-relationship',
  'fetch-account',
  'fetch-clusters',
  'fetch-containers',
  'fetch-images',
  'fetch-risks',
  'fetch-users',
  'fetch-vulnerabilities',
];
/** 12 ordinary images with 30 rows each, and the odd ones with 73, 0, 1, 100, 200, 400, 3, 2, 2 and 2 vulnerabilities. */
const STANDARD_PAIRS = 12 * 30 + 73 + 0 + 1 + 100 + 200 + 400 + 3 + 2 + 2 + 2;

// A whole collection in many small pages takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let simulator: Simulator;
/** What there is to find in the standard account, read from a service with a stable order. */
let reference: Run;

beforeAll(async () => {
  reference = await collectFrom({ order: 'stable' });
});

afterEach(async () => {
  await simulator.close();
});

async function start(options: Options = {}): Promise<void> {
  simulator = await startSimulator('panoptica', options);
}

/** Collects from the simulator that runs; retries do not wait. */
async function collect(change: Record<string, string> = {}): Promise<Run> {
  const config = { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl, ...change };
  return runIntegration(panopticaIntegration({ random: () => 0 }), config, { startedOn: STARTED_ON });
}

async function collectFrom(options: Options): Promise<Run> {
  await start(options);
  const run = await collect();
  await simulator.close();
  return run;
}

function sorted({ entities, relationships }: Run): { entities: Entity[]; relationships: Relationship[] } {
  const byKey = <T extends { _key: string }>(objects: readonly T[]) =>
    objects.toSorted((a, b) => (a._key < b._key ? -1 : Number(a._key > b._key)));
  return { entities: byKey(entities), relationships: byKey(relationships) };
}

/** What users are told. */
function eventsOf({ events }: Run): string[] {
  return events.map(({ description }) => description);
}

function failedSteps({ statuses }: Run): Record<string, string> {
  return Object.fromEntries(Object.entries(statuses).filter(([, status]) => status !== 'success'));
}

/** Relationships of which an end is not in the graph. */
function dangling({ entities, relationships }: Run): string[] {
  const keys = new Set(entities.map(({ _key }) => _key));
  return relationships
    .filter(
      ({ _fromEntityKey, _toEntityKey }) => ![_fromEntityKey, _toEntityKey].every((key) => keys.has(key as string)),
    )
    .map(({ _key }) => _key);
}

function ofType<T extends { _type: string }>(objects: readonly T[], type: string): T[] {
  return objects.filter(({ _type }) => _type === type);
}

function imageNamed(run: Run, name: string): Entity {
  const image = ofType(run.entities, 'panoptica_image').find((entity) => entity.displayName?.endsWith(`/${name}`));
  if (image === undefined) throw new Error(`There is no image ${name}.`);
  return image;
}

/** The route of one image's vulnerabilities; image ids are the same in each run. */
function routeOf(name: string): RegExp {
  return new RegExp(`^GET /api/images/${String(imageNamed(reference, name).id)}/vulnerabilities`);
}

describe('a collection', () => {
  it.each(['wrapped', 'flat'])('has everything of an account with %s clusters', async (clusterShape) => {
    await start({ clusterShape });

    const run = await collect();

    expect(Object.keys(run.statuses).sort()).toEqual(ALL_STEPS);
    expect(failedSteps(run)).toEqual({});
    expect(run.partialTypes).toEqual([]);
    expect(run.counts).toEqual({
      panoptica_account: 1,
      panoptica_user: 7,
      panoptica_cluster: 4,
      panoptica_image: 22,
      panoptica_container: 23,
      panoptica_risk: 4,
      // 150 of the ordinary images, 473 and 2 of the odd ones.
      panoptica_vulnerability: 625,
      panoptica_account_has_user: 7,
      panoptica_account_has_cluster: 4,
      panoptica_account_has_image: 22,
      panoptica_cluster_has_container: 23,
      panoptica_cluster_has_risk: 4,
      panoptica_image_has_vulnerability: STANDARD_PAIRS,
    });
    expect(dangling(run)).toEqual([]);
  });

  it('has the account’s name and figures from wrapped clusters, and what flat ones tell', async () => {
    const wrapped = await collectFrom({ clusterShape: 'wrapped', me: 'forbidden' });
    const flat = await collectFrom({ clusterShape: 'flat', me: 'ok' });

    expect(ofType(wrapped.entities, 'panoptica_account')).toEqual([
      expect.objectContaining({
        displayName: 'Example Corp',
        accountTier: undefined,
        usageStatusCurrentClustersUsage: 3,
        usageStatusMaxNodes: 200,
      }),
    ]);
    expect(ofType(flat.entities, 'panoptica_account')).toEqual([
      expect.objectContaining({ displayName: 'The instance', accountTier: 'TRIAL', usageStatusMaxClusters: 20 }),
    ]);
    expect(ofType(wrapped.entities, 'panoptica_cluster')[1]).toMatchObject({ nodeCount: expect.any(Number) as number });
  });

  it('links images that share a vulnerability, each with its own facts', async () => {
    await start();

    const run = await collect();
    const shared = ofType(run.entities, 'panoptica_vulnerability').find(({ name }) => name === 'CVE-2019-5481');
    const links = ['every-layer', 'every-layer-again'].map((name) => {
      const key = `${imageNamed(run, name)._key}|has|${shared?._key ?? ''}`;
      return run.relationships.find(({ _key }) => _key === key);
    });

    expect(links).toMatchObject([
      {
        fixAvailability: 'FIX_AVILABLE',
        packageNames: 'curl',
        packageVersions: '7.52.1-5+deb9u9',
        fixVersions: '7.52.1-5+deb9u10',
        layerNames:
          'ADD file:0 in /\nLayer is unavailable. Vulnerabilities were reported without layer information\nRUN install_packages curl # 0',
      },
      { fixAvailability: 'NO_FIX', fixVersions: undefined },
    ]);
    expect(shared).toMatchObject({
      vulnerabilitySourcesFixAvailability: 'NO_FIX',
      layerName: 'ADD file:0 in /',
      layerNames: [
        'ADD file:0 in /',
        'Layer is unavailable. Vulnerabilities were reported without layer information',
        'RUN install_packages curl # 0',
        'RUN install_packages curl # 1',
      ],
    });
  });

  it('has containers that share a tag, with hash and severity, in each of their clusters', async () => {
    await start();

    const run = await collect();
    const containers = ofType(run.entities, 'panoptica_container');
    const inPod = (podName: string) => containers.filter((container) => container['podName'] === podName);

    expect(
      inPod('same-tag')
        .map(({ _key }) => _key.split(':').slice(2).join(':'))
        .sort(),
    ).toEqual(['docker.io/mesh/agent:latest', 'docker.io/mesh/proxy:latest']);
    expect(inPod('without-tag')[0]?._key).toMatch(/^panoptica_container:[\da-f-]{36}:[\da-f]{64}$/);
    expect(
      containers.filter(({ hash, vulnerabilitySeverityLevel: level }) => hash === undefined || level === undefined),
    ).toEqual([]);
    const [shared] = inPod('in-two-clusters');
    expect(run.relationships.filter(({ _toEntityKey }) => _toEntityKey === shared?._key)).toHaveLength(2);
    const [elsewhere] = inPod('elsewhere');
    expect(run.relationships.filter(({ _toEntityKey }) => _toEntityKey === elsewhere?._key)).toEqual([]);
    expect(eventsOf(run).filter((event) => event.includes('cluster that is not in the graph'))).toHaveLength(1);
  });

  it('asks for users and clusters once, and for nothing with an exclamation mark', async () => {
    await start({ oddities: false, order: 'stable' });

    await collect();

    const { traffic } = simulator;
    expect(traffic.count('GET /api/users')).toBe(1);
    expect(traffic.count('GET /api/kubernetesClusters')).toBe(1);
    expect(traffic.count('GET /api/images/:id/vulnerabilities')).toBe(12 + 12);
    expect(traffic.unauthorized).toBe(0);
    expect(traffic.requests.filter(({ query }) => JSON.stringify(query).includes('!'))).toEqual([]);
    expect(traffic.requests.find(({ path }) => path === '/api/appTelemetries')?.query).toEqual({
      sortKey: 'appName',
      sortDir: 'ASC',
      startTime: '2023-03-01T09:15:30.250Z',
      endTime: '2024-03-01T09:15:30.250Z',
      offset: '0',
      maxResults: '200',
    });
  });

  it('reads several images at once, but never more than it may', async () => {
    await start({ images: 60, latencyMs: 10, oddities: false });

    await collect();

    expect(simulator.traffic.peakInFlight).toBeGreaterThan(4);
    expect(simulator.traffic.peakInFlight).toBeLessThanOrEqual(MAX_CONCURRENT_REQUESTS);
  });

  it('works below a path of a gateway, which is signed as well', async () => {
    await start({ pathPrefix: '/gateway', oddities: false });

    expect(failedSteps(await collect())).toEqual({});
    expect(simulator.traffic.unauthorized).toBe(0);
  });

  it('is accepted by a service that writes requests as the Java library does', async () => {
    await start({ canonicalisation: 'java' });

    expect(failedSteps(await collect())).toEqual({});
    expect(simulator.traffic.unauthorized).toBe(0);
  });
});

describe('lists whose order changes', () => {
  it.each(
    [200, 100, 50, 20].flatMap((maxPageSize) => ['stable', 'shuffled'].map((order) => [maxPageSize, order] as const)),
  )('are complete in pages of %i, %s, and give the same graph', async (maxPageSize, order) => {
    const run = await collectFrom({ maxPageSize, order });

    expect(run.counts['panoptica_image_has_vulnerability']).toBe(STANDARD_PAIRS);
    expect(sorted(run)).toEqual(sorted(reference));
  });

  it('give the same graph twice', async () => {
    await start();

    const [first, second] = [await collect(), await collect()];

    expect(sorted(second)).toEqual(sorted(first));
  });

  it.each([0, 1, 100, 199, 200, 201, 400])('are complete with %i images', async (images) => {
    await start({ images, rowsPerImage: 1, distinctVulnerabilities: 7, oddities: false });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect(run.counts['panoptica_image'] ?? 0).toBe(images);
    expect(run.counts['panoptica_image_has_vulnerability'] ?? 0).toBe(images);
    expect(run.counts['panoptica_vulnerability'] ?? 0).toBe(Math.min(images, 7));
  });

  it.each([0, 1, 100, 200, 201, 400])('are complete with %i rows of an image', async (rowsPerImage) => {
    await start({ images: 2, rowsPerImage, distinctVulnerabilities: 1_000, oddities: false });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect(run.counts['panoptica_image_has_vulnerability'] ?? 0).toBe(2 * rowsPerImage);
  });

  it.each([0, 1, 200, 201])('are complete with %i clusters and workloads', async (count) => {
    await start({ images: 0, clusters: count, workloads: count, users: 0, oddities: false });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect([run.counts['panoptica_cluster'] ?? 0, run.counts['panoptica_risk'] ?? 0]).toEqual([count, count]);
    expect(new Set(ofType(run.entities, 'panoptica_container').map((entity) => entity['podName'])).size).toBe(count);
    expect(dangling(run)).toEqual([]);
  });

  it('have a pair once when one vulnerability is in several layers', async () => {
    await start({ images: 3, rowsPerImage: 90, distinctVulnerabilities: 30, oddities: false });

    const run = await collect();

    expect(run.counts['panoptica_image_has_vulnerability']).toBe(3 * 30);
    const layers = ofType(run.relationships, 'panoptica_image_has_vulnerability').map(({ layerNames }) => layerNames);
    expect(layers.every((names) => (names as string).split('\n').length === 3)).toBe(true);
  });
});

describe('when one image cannot be read', () => {
  it.each([
    ['answers 503 twice', { kind: 'status', status: 503, body: '<html>nginx</html>' }],
    ['resets the connection twice', { kind: 'reset' }],
    ['cuts the body short twice', { kind: 'cut', bytes: 100 }],
    ['answers 429 twice', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ] as const)('and the service %s, it is asked again and nothing is missing', async (_what, fault) => {
    await start();
    const route = routeOf('100-rows');
    simulator.faults.add({ route, times: 2, fault });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect(sorted(run)).toEqual(sorted(reference));
    // The page and the check for a second one, and the two attempts that failed.
    expect(simulator.traffic.count(route)).toBe(4);
  });

  it.each([
    ['answers 500', { kind: 'status', status: 500, body: { message: 'boom' } }],
    ['resets the connection', { kind: 'reset' }],
    ['cuts the body short', { kind: 'cut', bytes: 100 }],
    ['answers something else than a list', { kind: 'body', body: '{"message":"maintenance"}' }],
    ['answers a page', { kind: 'body', body: '<html>', headers: { 'content-type': 'text/html' } }],
  ] as const)(
    'and the service always %s, the step fails with its types partial and all else is there',
    async (_what, fault) => {
      await start();
      const route = routeOf('100-rows');
      simulator.faults.add({ route, fault });

      const run = await collect();

      expect(failedSteps(run)).toEqual({ 'fetch-vulnerabilities': 'failure' });
      expect(run.partialTypes).toEqual(['panoptica_image_has_vulnerability', 'panoptica_vulnerability']);
      expect(run.counts).toMatchObject({
        panoptica_image: 22,
        panoptica_container: 23,
        // The vulnerabilities of this image are also in the one with 400 rows.
        panoptica_vulnerability: 625,
        panoptica_image_has_vulnerability: STANDARD_PAIRS - 100,
      });
      expect(dangling(run)).toEqual([]);
      expect(eventsOf(run)).toContain('The vulnerabilities of 1 of 22 images could not be read.');
    },
  );

  it('because it is gone, it has no findings and a warning says so', async () => {
    await start();
    simulator.faults.add({
      route: routeOf('100-rows'),
      fault: { kind: 'status', status: 404, body: { message: 'no' } },
    });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect(run.counts['panoptica_image_has_vulnerability']).toBe(STANDARD_PAIRS - 100);
    expect(eventsOf(run)).toContain('1 of 22 images disappeared while their vulnerabilities were read.');
  });

  it('and no other either, "not found" is not taken for "no findings"', async () => {
    await start();
    simulator.faults.add({ route: 'GET /api/images/:id/vulnerabilities', fault: { kind: 'status', status: 404 } });

    const run = await collect();

    expect(failedSteps(run)).toEqual({ 'fetch-vulnerabilities': 'failure' });
    expect(eventsOf(run).join('\n')).toContain('answered 404 for each of 22 images');
  });

  it('nor the next ones, the step gives up', async () => {
    await start({ images: 100, oddities: false });
    simulator.faults.add({ route: 'GET /api/images/:id/vulnerabilities', fault: { kind: 'status', status: 418 } });

    const run = await collect();

    expect(failedSteps(run)).toEqual({ 'fetch-vulnerabilities': 'failure' });
    expect(simulator.traffic.count('GET /api/images/:id/vulnerabilities')).toBeLessThan(40);
  });
});

describe('when a request is refused', () => {
  const PARTIAL = 'partial_success_due_to_dependency_failure';

  it.each([401, 402, 403])('with %i in the middle of the run, the step fails, not the run', async (status) => {
    await start();
    simulator.faults.add({
      route: 'GET /api/images/:id/vulnerabilities',
      skip: 8,
      fault: {
        kind: 'status',
        status,
        body: { message: 'refused (provided: abc, calculated: def). path: /x', errors: {} },
      },
    });

    const run = await collect();

    expect(failedSteps(run)).toEqual({ 'fetch-vulnerabilities': 'failure' });
    expect(run.partialTypes).toEqual(['panoptica_image_has_vulnerability', 'panoptica_vulnerability']);
    expect(run.counts).toMatchObject({ panoptica_container: 23, panoptica_cluster_has_risk: 4, panoptica_user: 7 });
    expect(dangling(run)).toEqual([]);
    expect(eventsOf(run).join('\n')).toContain('refused. path: /x');
    expect(eventsOf(run).join('\n')).not.toMatch(/provided|calculated|abc|def/);
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      '/kubernetesClusters',
      { 'fetch-clusters': 'failure', 'fetch-containers': PARTIAL, 'build-cluster-risk-relationship': PARTIAL },
      [
        'panoptica_account_has_cluster',
        'panoptica_cluster',
        'panoptica_cluster_has_container',
        'panoptica_cluster_has_risk',
        'panoptica_container',
      ],
    ],
    [
      '/images',
      { 'fetch-images': 'failure', 'fetch-vulnerabilities': PARTIAL },
      [
        'panoptica_account_has_image',
        'panoptica_image',
        'panoptica_image_has_vulnerability',
        'panoptica_vulnerability',
      ],
    ],
    [
      '/riskAssessment',
      { 'fetch-risks': 'failure', 'build-cluster-risk-relationship': PARTIAL },
      ['panoptica_cluster_has_risk', 'panoptica_risk'],
    ],
    ['/appTelemetries', { 'fetch-containers': 'failure' }, ['panoptica_cluster_has_container', 'panoptica_container']],
  ])('for %s, no other data set is touched', async (path, failed, partialTypes) => {
    await start();
    simulator.faults.add({ route: `GET /api${path}`, fault: { kind: 'status', status: 403 } });

    const run = await collect();

    expect(failedSteps(run)).toEqual(failed);
    expect(run.partialTypes).toEqual(partialTypes);
    expect(dangling(run)).toEqual([]);
  });

  it('for what the account says of itself, the account is collected without', async () => {
    await start();
    simulator.faults.add({ route: '/api/me', fault: { kind: 'status', status: 405 } });
    simulator.faults.add({ route: '/api/account/usageStatus', fault: { kind: 'status', status: 404 } });

    const run = await collect();

    expect(failedSteps(run)).toEqual({});
    expect(ofType(run.entities, 'panoptica_account')[0]).toMatchObject({
      accountTier: undefined,
      usageStatusMaxNodes: undefined,
      usageStatusCurrentClustersUsage: 4,
    });
  });
});

describe('the credentials', () => {
  it.each([
    ['a wrong secret', { secretKey: 'INVALID' }, 'The signatures do not match'],
    ['an unknown key', { accessKey: '9c0f2a51-7d4e-4f3b-8a6c-1b2d3e4f5a6b' }, 'Invalid Escher key'],
  ])(
    'are refused at once with %s, and the message says what to check but no signature',
    async (_what, change, reason) => {
      await start();

      const error = await collect(change).then(
        () => undefined,
        (thrown: unknown) => thrown as Error & { code?: string },
      );

      expect(error?.code).toBe('PROVIDER_AUTHENTICATION_ERROR');
      expect(error?.message).toContain(`${simulator.baseUrl}/users answered 401 Unauthorized`);
      expect(error?.message).toContain(reason);
      expect(error?.message).toContain('PANOPTICA_ACCESS_KEY');
      expect(error?.message).not.toMatch(/provided|calculated|[\da-f]{64}/);
      expect(simulator.traffic.count()).toBe(1);
    },
  );

  it('are refused when the clocks differ, and the message says so', async () => {
    await start({ clockOffsetMs: 400_000 });

    const error = await collect().then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );

    expect(error?.message).toContain('The request date is not within the accepted time range');
    expect(error?.message).toMatch(/clock.*\b(399|400|401) s|\b(399|400|401) s.*clock/s);
  });

  it('are not blamed when the service is down', async () => {
    await start();
    simulator.faults.add({ route: '*', fault: { kind: 'status', status: 503 } });

    const error = await collect().then(
      () => undefined,
      (thrown: unknown) => thrown as Error & { code?: string },
    );

    expect(error?.code).toBe('PROVIDER_RETRIES_EXCEEDED_ERROR');
    expect(simulator.traffic.count()).toBe(5);
  });
});

describe('secrets', () => {
  /** Everything that a run writes: the graph, the log at its most talkative, the error. */
  async function everythingWritten(prepare: () => void, change: Record<string, string> = {}): Promise<string> {
    const written: string[] = [];
    vi.stubEnv('LOG_LEVEL', 'trace');
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    const integration = panopticaIntegration({ random: () => 0 });
    const config = { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl, ...change };
    prepare();
    try {
      const logger = createIntegrationLogger({ name: 'panoptica', invocationConfig: integration });
      const run = await runIntegration(integration, config, { startedOn: STARTED_ON, logger });
      written.push(JSON.stringify(run));
    } catch (error) {
      written.push(String(error), JSON.stringify(error, Object.getOwnPropertyNames(error)));
    } finally {
      spy.mockRestore();
    }
    return written.join('\n');
  }

  const SECRET_KEY = 'canary$"+/=secret key';
  const FORMS = [
    SECRET_KEY,
    JSON.stringify(SECRET_KEY).slice(1, -1),
    encodeURIComponent(SECRET_KEY),
    Buffer.from(SECRET_KEY).toString('base64'),
    Buffer.from(SECRET_KEY).toString('hex'),
  ];

  it.each([
    ['all goes well', () => undefined, {}],
    [
      'requests are refused and fail',
      () => {
        simulator.faults.add({ route: 'GET /api/riskAssessment', fault: { kind: 'status', status: 500 } });
        simulator.faults.add({
          route: 'GET /api/images',
          fault: { kind: 'status', status: 401, body: { message: 'no' } },
        });
        simulator.faults.add({ route: 'GET /api/appTelemetries', fault: { kind: 'body', body: 'not JSON' } });
      },
      {},
    ],
    ['the signature is wrong', () => undefined, { secretKey: SECRET_KEY }],
    [
      'the service repeats the secret',
      () => {
        simulator.faults.add({
          route: 'GET /api/users',
          fault: {
            kind: 'status',
            status: 400,
            body: { message: `no user for ${SECRET_KEY} / ${encodeURIComponent(SECRET_KEY)}` },
          },
        });
      },
      { secretKey: SECRET_KEY },
    ],
  ])('are in nothing that is written when %s', async (_when, prepare, change) => {
    await start({ clusterShape: 'wrapped' });

    const written = await everythingWritten(prepare, change);

    expect(written.length).toBeGreaterThan(500);
    expect(written).not.toContain('canary');
    for (const form of [...FORMS, simulator.credentials['default']?.['secretKey'] ?? ''])
      expect(written).not.toContain(form);
    expect(written).not.toMatch(/Signature=|ESR-HMAC|x-escher-auth/i);
  });
});
