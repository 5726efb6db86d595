import type { Entity, IntegrationExecutionContext, StepExecutionContext } from '@jupiterone/integration-sdk-core';
import {
  createMockExecutionContext,
  createMockStepExecutionContext,
  executeStepWithDependencies,
  registerMatchers,
  toMatchEntityStepMetadata,
} from '@jupiterone/integration-sdk-testing';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { USER } from './data-model.js';
import { invocationConfig } from './index.js';

registerMatchers(expect);

type StepResult = Awaited<ReturnType<typeof executeStepWithDependencies>>;

let simulator: Simulator;
const opened: IntegrationExecutionContext[] = [];

afterEach(async () => {
  for (const context of opened.splice(0)) await invocationConfig.afterExecution?.(context);
  await simulator.close();
});

describe('the steps of Aqua', () => {
  it.each(invocationConfig.integrationSteps.map(({ id }) => id))('%s produces exactly what it declares', async (id) => {
    simulator = await startSimulator('aquasec');
    const step = invocationConfig.integrationSteps.find((candidate) => candidate.id === id);

    const result = await runStep(id);

    expect(toMatchEntityStepMetadata(result, { stepId: id, invocationConfig })).toMatchObject({ pass: true });
    for (const metadata of step?.entities ?? []) {
      const entities = result.collectedEntities.filter(({ _type }) => _type === metadata._type);
      expect(entities).toMatchDataModelSchema(metadata);
    }
    for (const { _type } of step?.relationships ?? []) {
      const relationships = result.collectedRelationships.filter((relationship) => relationship._type === _type);
      expect(relationships.length).toBeGreaterThan(0);
      expect(relationships).toMatchDirectRelationshipSchema({});
    }
  });

  it('builds the keys that existing queries know', async () => {
    simulator = await startSimulator('aquasec');

    const { collectedEntities, collectedRelationships } = await runStep('fetch-groups');

    expect(keysOf(collectedEntities)).toEqual(['12022', '12023', '12024', '12025'].map((id) => `aquasec_group:${id}`));
    expect(collectedRelationships[0]).toMatchObject({
      _key: 'aquasec_account:10630|has|aquasec_group:12022',
      _type: 'aquasec_account_has_group',
      displayName: 'HAS',
    });
  });

  it('relates a user to a group once, and not to a group that is not listed', async () => {
    simulator = await startSimulator('aquasec');

    const { collectedRelationships } = await runStep('fetch-users');
    const groupsOf = (user: number): string[] =>
      collectedRelationships
        .filter(
          ({ _type, _toEntityKey }) => _type === 'aquasec_group_has_user' && _toEntityKey === `aquasec_user:${user}`,
        )
        .map(({ _key }) => _key);

    expect(groupsOf(502)).toEqual([]);
    expect(groupsOf(503)).toEqual(['aquasec_group:12022|has|aquasec_user:503']);
    expect(groupsOf(504)).toEqual([]);
  });

  it('keeps users and their accounts when the groups could not be read', async () => {
    simulator = await startSimulator('aquasec');
    const context = stepContext();

    await execute('fetch-account', context);
    await execute('fetch-users', context);

    expect(context.jobState.collectedEntities.filter(({ _type }) => _type === USER._type)).toHaveLength(14);
    expect(context.jobState.collectedRelationships.map(({ _type }) => _type)).not.toContain('aquasec_group_has_user');
    expect(context.jobState.collectedRelationships).toHaveLength(14);
  });

  it('fails a step that is forbidden, so that nothing of its types is deleted', async () => {
    simulator = await startSimulator('aquasec');
    simulator.faults.add({
      route: 'GET /v2/apikeys',
      fault: { kind: 'status', status: 403, body: { status: 403, code: 1, message: 'Access denied', errors: ['no'] } },
    });
    const context = stepContext();

    await execute('fetch-account', context);

    await expect(execute('fetch-api-keys', context)).rejects.toMatchObject({
      code: 'PROVIDER_AUTHORIZATION_ERROR',
      message: expect.stringContaining('Access denied; no') as string,
    });
  });

  it('adds nobody twice when pages overlap', async () => {
    simulator = await startSimulator('aquasec', { pagingMode: 'plain', maxLimit: 3, users: 9, drift: 'insert' });

    const keys = keysOf((await runStep('fetch-users')).collectedEntities);

    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    [undefined, true],
    [[], false],
    [[{ ingestionSourceId: 'cloud-accounts' }], false],
  ])('leaves the cloud accounts off unless they are asked for (disabledSources %j)', async (disabledSources, off) => {
    simulator = await startSimulator('aquasec');
    const context = executionContext();
    Object.assign(context.instance, { disabledSources });

    const states = await invocationConfig.getStepStartStates?.(context);

    expect(states?.['fetch-cloud-accounts']?.disabled).toBe(off);
    expect(states?.['fetch-users']?.disabled).toBe(false);
  });

  it('lets no secret into the graph', async () => {
    simulator = await startSimulator('aquasec');
    const results = await Promise.all(invocationConfig.integrationSteps.map(({ id }) => runStep(id)));
    const graph = JSON.stringify(results.map((result) => [result.collectedEntities, result.collectedRelationships]));

    expect(graph).toContain('aquasec_user:501');
    for (const secret of [instanceConfig()['apiSecret'] ?? '', 'external-id-', '192.0.2.77'])
      expect(graph).not.toContain(secret);
  });
});

describe('the validation of Aqua', () => {
  it('accepts credentials that work, in one request', async () => {
    simulator = await startSimulator('aquasec');

    await expect(validate()).resolves.toBeUndefined();
    expect(simulator.traffic.count()).toBe(1);
  });

  it.each([
    ['a wrong secret', { apiSecret: 'wr0ng$"+/=' }],
    ['an unknown key', { apiKey: 'AKNOBODY' }],
    ['the account of somebody else', { accountId: '1' }],
  ])('refuses %s, says what to check, and repeats no secret', async (_what, fields) => {
    simulator = await startSimulator('aquasec');

    const error = await validate(fields).catch((reason: unknown) => reason as Error & { code: string });

    expect(error).toMatchObject({ code: 'PROVIDER_AUTHENTICATION_ERROR' });
    expect(error?.message).toContain('AQUASEC_API_SECRET');
    expect(error?.message).toContain('AQUASEC_REGION');
    expect(error?.message).toContain('IP restriction');
    expect(error?.message).not.toContain('wr0ng');
  });

  it('names the clock, with the difference, when it is an hour off', async () => {
    simulator = await startSimulator('aquasec', { clockOffsetMs: -3_600_000 });

    await expect(validate()).rejects.toThrow(/clock of this machine is 36\d\d seconds ahead of Aqua's/);
  });

  it.each([
    ['404', { kind: 'status', status: 404, body: { status: 404, code: 1, message: 'Not found' } }],
    ['another account', { kind: 'body', body: '{"status":200,"code":0,"data":{"id":10631}}' }],
  ] as const)('says that the account id is wrong when the answer is %s', async (_what, fault) => {
    simulator = await startSimulator('aquasec');
    simulator.faults.add({ route: 'GET /v2/accounts/10630', fault });

    await expect(validate()).rejects.toMatchObject({
      code: 'CONFIG_VALIDATION_ERROR',
      message: expect.stringContaining('AQUASEC_ACCOUNT_ID') as string,
    });
  });

  it('does no harm to a secret that was pasted with a line break', async () => {
    simulator = await startSimulator('aquasec');

    await expect(validate({ apiSecret: `${instanceConfig()['apiSecret'] ?? ''} \n` })).resolves.toBeUndefined();
  });

  it('names the missing fields before any request', async () => {
    simulator = await startSimulator('aquasec');

    await expect(validate({ apiKey: ' ', apiSecret: '' })).rejects.toThrow(/AQUASEC_API_KEY[^]*AQUASEC_API_SECRET/);
    expect(simulator.traffic.count()).toBe(0);
  });
});

function instanceConfig(): Record<string, string> {
  return { ...simulator.credentials['default'] };
}

function executionContext(fields: Record<string, string> = {}): IntegrationExecutionContext {
  const context = createMockExecutionContext({ instanceConfig: { ...instanceConfig(), ...fields } });
  opened.push(context);
  return context;
}

async function validate(fields?: Record<string, string>): Promise<void> {
  await invocationConfig.validateInvocation?.(executionContext(fields));
}

function runStep(stepId: string): Promise<StepResult> {
  const { instance } = executionContext();
  return executeStepWithDependencies({ stepId, invocationConfig, instanceConfig: instance.config });
}

function stepContext(): ReturnType<typeof createMockStepExecutionContext> {
  const context = createMockStepExecutionContext({ instanceConfig: instanceConfig() });
  opened.push(context);
  return context;
}

async function execute(stepId: string, context: StepExecutionContext): Promise<void> {
  const step = invocationConfig.integrationSteps.find(({ id }) => id === stepId);
  await step?.executionHandler(context as never);
}

function keysOf(entities: readonly Entity[]): string[] {
  return entities.map(({ _key }) => _key);
}
