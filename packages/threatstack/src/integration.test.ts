import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IntegrationExecutionContext } from '@jupiterone/integration-sdk-core';
import { createMockExecutionContext } from '@jupiterone/integration-sdk-testing';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { runIntegration, type Run, type RunOptions } from '@vendor-graph/integration/testing';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { invocationConfig } from './index.js';
import { threatStackIntegration } from './integration.js';

const CORE_TYPES = [
  'threatstack_account',
  'threatstack_account_has_agent',
  'threatstack_agent',
  'threatstack_agent_identified_vulnerability',
  'threatstack_agent_protects_aws_instance',
  'threatstack_agent_protects_server',
];

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

describe('the validation of a configuration', () => {
  it('accepts credentials that work, with one request', async () => {
    simulator = await startSimulator('threatstack');

    await expect(validate({})).resolves.toBeUndefined();
    expect(simulator.traffic.count()).toBe(1);
  });

  it('names everything that is missing before it asks anything', async () => {
    simulator = await startSimulator('threatstack');

    const message = await messageOf(validate({ orgName: '', orgId: '', userId: '', apiKey: '' }));

    for (const field of ['ORG_NAME', 'ORG_ID', 'USER_ID', 'API_KEY']) expect(message).toContain(`THREATSTACK_${field}`);
    expect(simulator.traffic.count()).toBe(0);
  });

  it.each([
    ['a wrong key', { apiKey: 'wr0ng-c4n4ry' }],
    ['an unknown user', { userId: 'nobody' }],
  ])('refuses %s, says where to look, and does not repeat the key', async (_, fields) => {
    simulator = await startSimulator('threatstack');

    const error = await errorOf(validate(fields));

    expect(error).toMatchObject({ code: 'PROVIDER_AUTHENTICATION_ERROR', status: 401 });
    expect(error.message).toContain('THREATSTACK_USER_ID and THREATSTACK_API_KEY');
    expect(error.message).toContain('Settings > Application Keys > REST API Key');
    expect(error.message).not.toContain('wr0ng-c4n4ry');
    expect(simulator.traffic.count('GET /v2/agents')).toBe(1);
  });

  it('refuses an organization that the user does not belong to, and says so', async () => {
    simulator = await startSimulator('threatstack');

    const error = await errorOf(validate(simulator.credentials['no-organization'] ?? {}));

    expect(error).toMatchObject({ code: 'PROVIDER_AUTHORIZATION_ERROR', status: 403 });
    expect(error.message).toContain(
      '403 Forbidden. The user has no access to this organization. The user id and the API key are right',
    );
    expect(error.message).toContain('check THREATSTACK_ORG_ID');
  });

  it('tells a wrong organization from a wrong key where Threat Stack answers both alike', async () => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'status', status: 401 } });

    const error = await errorOf(validate({}));

    expect(error).toMatchObject({ code: 'PROVIDER_AUTHENTICATION_ERROR' });
    expect(error.message).toContain('The user id and the API key are right');
    expect(simulator.traffic.count('GET /help/hawk/self-test')).toBe(1);
  });

  it('corrects a clock that is wrong and goes on', async () => {
    simulator = await startSimulator('threatstack', { clockOffsetMs: -7_200_000 });

    await expect(validate({})).resolves.toBeUndefined();
  });

  it('names the clock as a possible reason when the server does not prove its time', async () => {
    simulator = await startSimulator('threatstack', { clockOffsetMs: 7_200_000, staleTimestampHint: false });

    const message = await messageOf(validate({}));

    expect(message).toMatch(/clock of this machine is 7[12]\d\d s behind the server's/);
  });

  it('names host, cause and the new name of the product when nobody is there', async () => {
    simulator = await startSimulator('threatstack');
    const clock = new VirtualClock(Date.now());

    const error = await errorOf(
      runInVirtualTime(clock, () => validate({ apiBaseUrl: 'http://127.0.0.1:1' }, threatStackIntegration({ clock }))),
    );

    expect(error).toMatchObject({ code: 'CONFIG_VALIDATION_ERROR' });
    expect(error.message).toContain('127.0.0.1:1 cannot be reached: the host refuses connections (ECONNREFUSED)');
    expect(error.message).toContain('F5 Distributed Cloud AIP');
    expect(error.message).toContain('THREATSTACK_API_BASE_URL');
  });

  it('does not take another API for an empty account', async () => {
    simulator = await startSimulator('threatstack');
    simulator.faults.add({ route: 'GET /v2/agents', fault: { kind: 'body', body: '{"items":[]}' } });

    const error = await errorOf(validate({}));

    expect(error).toMatchObject({ code: 'PROVIDER_API_ERROR' });
    expect(error.message).toContain("Check that apiBaseUrl leads to the vendor's API");
  });

  it('does not take a wrong address for an empty account', async () => {
    simulator = await startSimulator('threatstack');

    const error = await errorOf(validate({ apiBaseUrl: `${simulator.baseUrl}/elsewhere` }));

    expect(error).toMatchObject({ code: 'PROVIDER_API_ERROR', status: 404 });
  });
});

describe('ingestion sources', () => {
  it('are off by default: their endpoints are not asked', async () => {
    simulator = await startSimulator('threatstack');

    const { statuses, counts } = await run();

    expect(statuses).toMatchObject({ 'fetch-alerts': 'disabled', 'fetch-ec2-coverage': 'disabled' });
    expect(Object.keys(counts).sort()).toEqual(CORE_TYPES);
    expect(simulator.traffic.count('GET /v2/alerts') + simulator.traffic.count('GET /v2/aws/ec2')).toBe(0);
  });

  it.each([
    ['alerts', ['ec2-coverage'], ['threatstack_agent_identified_alert', 'threatstack_alert']],
    ['ec2-coverage', ['alerts'], ['aws_instance_has_threatstack_coverage_gap', 'threatstack_coverage_gap']],
  ])('%s can be switched on alone', async (_, disabledSources, types) => {
    simulator = await startSimulator('threatstack');

    const { counts } = await run({ disabledSources });

    expect(Object.keys(counts).sort()).toEqual([...CORE_TYPES, ...types].sort());
  });
});

describe('a collection', () => {
  it('makes at least one object of every declared type, on the standard data of the simulator', async () => {
    simulator = await startSimulator('threatstack');
    const declared = invocationConfig.integrationSteps.flatMap((step) =>
      [...step.entities, ...step.relationships, ...(step.mappedRelationships ?? [])].map(({ _type }) => _type),
    );

    const { counts } = await run({ disabledSources: [] });

    expect(Object.keys(counts).sort()).toEqual([...new Set(declared)].sort());
  });

  it('ends each direct relationship in the graph, and gives each mapped one a source that is', async () => {
    simulator = await startSimulator('threatstack');

    const { entities, relationships } = await run({ disabledSources: [] });

    const keys = new Set(entities.map(({ _key }) => _key));
    const ends = relationships.flatMap((relationship) =>
      '_mapping' in relationship
        ? [(relationship._mapping as { sourceEntityKey: string }).sourceEntityKey]
        : [relationship['_fromEntityKey'], relationship['_toEntityKey']],
    );
    expect(ends.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('makes the same graph a second time', async () => {
    simulator = await startSimulator('threatstack');
    const startedOn = Date.now();

    const first = await run({ disabledSources: [], startedOn });
    const second = await run({ disabledSources: [], startedOn });

    expect(sorted(second)).toEqual(sorted(first));
  });

  it('makes a graph of an organization that has nothing', async () => {
    simulator = await startSimulator('threatstack', {
      agents: 0,
      offlineAgents: 0,
      cves: 0,
      alerts: 0,
      unmonitoredServers: 0,
      oddities: false,
    });

    const { counts, statuses } = await run({ disabledSources: [] });

    expect(counts).toEqual({ threatstack_account: 1 });
    expect(new Set(Object.values(statuses))).toEqual(new Set(['success']));
  });

  it('of two organizations at once keeps them apart', async () => {
    simulator = await startSimulator('threatstack');
    const integration = threatStackIntegration();

    const runs = await Promise.all(
      ['default', 'second-organization'].map((kind) =>
        runIntegration(integration, { ...simulator.credentials[kind], apiBaseUrl: simulator.baseUrl }),
      ),
    );

    const [first = [], second = []] = runs.map(({ entities }) => entities.map(({ _key }) => _key));
    expect(first.length).toBeGreaterThan(250);
    expect(second.filter((key) => first.includes(key))).toEqual([]);
  });

  it('asks no host but the configured one, over four connections at most, and closes them', async () => {
    simulator = await startSimulator('threatstack');
    const events: HttpEvent[] = [];
    const listener = (event: unknown): void => {
      events.push(event as HttpEvent);
    };
    subscribe(HTTP_CHANNEL, listener);

    await run({ disabledSources: [] });
    unsubscribe(HTTP_CHANNEL, listener);

    const asked = events.filter(({ type }) => type === 'request').map(({ endpoint }) => endpoint);
    expect(asked).toHaveLength(simulator.traffic.count());
    for (const endpoint of asked) expect(endpoint.startsWith(`GET ${simulator.baseUrl}/v2/`)).toBe(true);
    expect(simulator.traffic.peakConnections).toBeLessThanOrEqual(4);
    expect(events.at(-1)?.type).toBe('close');
  });

  it.each([
    [
      'GET /v2/vulnerabilities',
      'fetch-vulnerabilities',
      [
        'threatstack_account_has_agent',
        'threatstack_agent',
        'threatstack_agent_identified_vulnerability',
        'threatstack_agent_protects_aws_instance',
        'threatstack_agent_protects_server',
      ],
    ],
    ['GET /v2/alerts', 'fetch-alerts', []],
    [
      'GET /v2/aws/ec2',
      'fetch-ec2-coverage',
      ['aws_instance_has_threatstack_coverage_gap', 'threatstack_coverage_gap'],
    ],
  ])(
    'fails the step that may not read %s, names its types partial, and completes the others',
    async (route, step, types) => {
      simulator = await startSimulator('threatstack');
      simulator.faults.add({ route, fault: { kind: 'status', status: 403, body: { errors: ['not for you'] } } });

      const { statuses, partialTypes, counts } = await run({ disabledSources: [] });

      expect(Object.entries(statuses).filter(([, status]) => status !== 'success')).toEqual([[step, 'failure']]);
      // Alerts are partial in any case.
      expect(partialTypes).toEqual([...types, 'threatstack_agent_identified_alert', 'threatstack_alert'].sort());
      expect(counts['threatstack_agent']).toBeGreaterThan(250);
    },
  );

  it('goes on without agents when only these fail, and then deletes nothing', async () => {
    simulator = await startSimulator('threatstack');
    // The first request is the check of the credentials.
    simulator.faults.add({ route: 'GET /v2/agents', skip: 1, fault: { kind: 'status', status: 403 } });

    const { statuses, partialTypes } = await run();

    expect(statuses).toMatchObject({
      'fetch-account': 'success',
      'fetch-agents': 'failure',
      'build-agent-protects': 'partial_success_due_to_dependency_failure',
      'fetch-vulnerabilities': 'partial_success_due_to_dependency_failure',
    });
    expect(partialTypes).toEqual(CORE_TYPES.filter((type) => type !== 'threatstack_account'));
  });
});

function run(options: RunOptions = {}, integration = invocationConfig): Promise<Run> {
  return runIntegration(integration, { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl }, options);
}

async function validate(fields: Record<string, string>, integration = invocationConfig): Promise<void> {
  const context = createMockExecutionContext({
    instanceConfig: { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl, ...fields },
  }) as unknown as IntegrationExecutionContext;
  try {
    await integration.validateInvocation?.(context);
  } finally {
    await integration.afterExecution?.(context);
  }
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('there was no error');
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return (await errorOf(promise)).message;
}

/** The graph in an order that does not depend on which request was answered first. */
function sorted({ entities, relationships }: Run): string[] {
  return [...entities, ...relationships].map((object) => JSON.stringify(object)).sort();
}
