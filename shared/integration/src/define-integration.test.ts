import {
  DisabledStepReason,
  IntegrationError,
  IntegrationProviderAPIError,
  IntegrationProviderAuthenticationError,
} from '@jupiterone/integration-sdk-core';
import { prepareLocalStepCollection } from '@jupiterone/integration-sdk-runtime';
import { createMockStepExecutionContext } from '@jupiterone/integration-sdk-testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from './index.js';
import {
  AcmeClient,
  acmeIntegration,
  fetchAccount,
  fetchArchive,
  fetchDevices,
  fetchUsers,
  USER,
  type AcmeStep,
} from './testing/acme.js';
import { startAcmeServer } from './testing/acme-server.js';
import { runOnDisk } from './testing/run-on-disk.js';

beforeEach(() => {
  AcmeClient.made.length = 0;
});

const COMPLETE = [
  'acme_account:account',
  'acme_account:account|has|acme_user:u1',
  'acme_account:account|has|acme_user:u2',
  'acme_device:d1',
  'acme_device:d2',
  'acme_user:u1',
  'acme_user:u2',
];

describe('a run of a defined integration', () => {
  it('collects by all steps with one client, and closes it', async () => {
    const { baseUrl, requests } = await startAcmeServer();

    const run = await runOnDisk(acmeIntegration(), { config: { apiKey: 'k3y-1234', apiBaseUrl: baseUrl } });

    expect(run.error).toBeUndefined();
    expect(run.statuses).toEqual({
      'fetch-account': 'success',
      'fetch-users': 'success',
      'fetch-devices': 'success',
      'fetch-archive': 'disabled',
    });
    expect(run.keys).toEqual(COMPLETE);
    expect(requests[0]).toBe('GET /me');
    expect(requests.slice(1).sort()).toEqual(['GET /devices', 'GET /users']);
    expect(AcmeClient.made.map(({ closed }) => closed)).toEqual([1]);
  });

  it('reads the configuration trimmed, a masked field with a line break at its end too', async () => {
    const { baseUrl, authorizations } = await startAcmeServer();

    const run = await runOnDisk(acmeIntegration(), {
      config: { apiKey: 'k3y-1234\n', apiBaseUrl: ` ${baseUrl} ` },
    });

    expect(run.error).toBeUndefined();
    expect(new Set(authorizations)).toEqual(new Set(['Bearer k3y-1234']));
  });

  it('names all problems of a configuration at once, in the job log too, before any request', async () => {
    const run = await runOnDisk(acmeIntegration(), { config: { apiBaseUrl: 'http://example.com' } });

    expect(run.error).toBeInstanceOf(ConfigurationError);
    expect(run.hasSummary).toBe(false);
    expect(run.events).toHaveLength(1);
    expect(run.events[0]?.description).toContain('apiKey is missing: set ACME_API_KEY.');
    expect(run.events[0]?.description).toContain('apiBaseUrl must begin with https://');
    expect(AcmeClient.made).toEqual([]);
  });

  it.each([401, 403])('stops when the credentials are answered %d, and closes the client', async (status) => {
    const { baseUrl, requests } = await startAcmeServer({ '/me': { status, body: { message: 'unknown key' } } });

    const run = await runOnDisk(acmeIntegration(), { config: { apiKey: 'k3y-1234', apiBaseUrl: baseUrl } });

    expect(run.error).toBeInstanceOf(IntegrationProviderAuthenticationError);
    expect(run.error).toMatchObject({ status, endpoint: `GET ${baseUrl}/me`, fatal: true });
    expect((run.error as Error).message).toMatch(
      /unknown key\. Create a key under Settings > Keys and set ACME_API_KEY\.$/,
    );
    expect(run.events[0]?.description).toContain('Create a key under Settings > Keys and set ACME_API_KEY.');
    expect(run.hasSummary).toBe(false);
    expect(run.keys).toEqual([]);
    expect(requests).toEqual(['GET /me']);
    expect(AcmeClient.made.map(({ closed }) => closed)).toEqual([1]);
  });

  it('says which host could not be reached, and why', async () => {
    const run = await runOnDisk(acmeIntegration(), {
      config: { apiKey: 'k3y-1234', apiBaseUrl: 'http://127.0.0.1:1' },
    });

    expect(run.error).toBeInstanceOf(IntegrationProviderAPIError);
    expect(run.error).toMatchObject({ endpoint: 'GET http://127.0.0.1:1/me', status: 'ECONNREFUSED' });
    expect((run.error as Error).message).toContain('GET http://127.0.0.1:1/me');
  });
});

describe('partial data', () => {
  const steps = (...changed: AcmeStep[]): AcmeStep[] =>
    [fetchAccount, fetchUsers, fetchDevices].map((step) => changed.find(({ id }) => id === step.id) ?? step);
  const throwing = (step: AcmeStep, error: () => Error): AcmeStep => ({
    ...step,
    run: () => Promise.reject(error()),
  });
  const config = (apiBaseUrl: string) => ({ config: { apiKey: 'k3y-1234', apiBaseUrl } });

  it.each([
    [403, 'PROVIDER_AUTHORIZATION_ERROR', 'they may not read this'],
    [401, 'PROVIDER_AUTHORIZATION_ERROR', 'Create a key under Settings > Keys'],
    [404, 'PROVIDER_API_ERROR', 'no such thing'],
    [500, 'PROVIDER_RETRIES_EXCEEDED_ERROR', 'gave up after 1 attempt'],
  ])('an answer %d fails that step alone, its types are partial, the others complete', async (status, code, words) => {
    const { baseUrl } = await startAcmeServer({ '/users': { status, body: { message: 'no such thing' } } });

    const run = await runOnDisk(acmeIntegration(), config(baseUrl));

    expect(run.error).toBeUndefined();
    expect(run.hasSummary).toBe(true);
    expect(run.statuses).toMatchObject({
      'fetch-account': 'success',
      'fetch-users': 'failure',
      'fetch-devices': 'success',
    });
    expect([...run.partialTypes].sort()).toEqual(['acme_account_has_user', 'acme_device', 'acme_user']);
    expect(run.keys).toEqual(['acme_account:account', 'acme_device:d1', 'acme_device:d2']);
    const failures = run.events.filter(({ name }) => name === 'step_failure').map(({ description }) => description);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(`errorCode="${code}"`);
    expect(failures[0]).toContain(words.replace('they', 'The credentials'));
  });

  it('a step after a failed one is a partial success, and its types are partial', async () => {
    const { baseUrl } = await startAcmeServer();
    const failing = throwing(fetchAccount, () => new Error('no account'));

    const run = await runOnDisk(acmeIntegration({ steps: steps(failing) }), config(baseUrl));

    expect(run.statuses).toEqual({
      'fetch-account': 'failure',
      'fetch-users': 'partial_success_due_to_dependency_failure',
      'fetch-devices': 'success',
    });
    expect([...run.partialTypes].sort()).toEqual(['acme_account', 'acme_account_has_user', 'acme_device', 'acme_user']);
  });

  it('a type that is declared partial is so when its step succeeds', async () => {
    const { baseUrl } = await startAcmeServer();

    const run = await runOnDisk(acmeIntegration(), config(baseUrl));

    expect(run.statuses).toMatchObject({ 'fetch-devices': 'success' });
    expect(run.partialTypes).toEqual(['acme_device']);
  });

  it('an authentication error thrown in a step does not stop the run', async () => {
    const { baseUrl } = await startAcmeServer();
    const failing = throwing(
      fetchUsers,
      () => new IntegrationProviderAuthenticationError({ endpoint: 'GET /users', status: 401, statusText: 'no' }),
    );

    const run = await runOnDisk(acmeIntegration({ steps: steps(failing) }), config(baseUrl));

    expect(run.error).toBeUndefined();
    expect(run.statuses).toMatchObject({ 'fetch-users': 'failure', 'fetch-devices': 'success' });
  });

  it('another fatal error rejects the run, without a summary that could be uploaded, and closes the client', async () => {
    const { baseUrl } = await startAcmeServer();
    const failing = throwing(fetchAccount, () => new IntegrationError({ code: 'ACME', message: 'stop', fatal: true }));

    const run = await runOnDisk(acmeIntegration({ steps: [failing] }), config(baseUrl));

    expect(run.error).toMatchObject({ code: 'ACME' });
    expect(run.hasSummary).toBe(false);
    expect(AcmeClient.made.map(({ closed }) => closed)).toEqual([1]);
  });

  it('what a step skips is told once, and leaves its types complete', async () => {
    const { baseUrl } = await startAcmeServer();
    const complete: AcmeStep = {
      ...fetchDevices,
      entities: fetchDevices.entities.map((metadata) => ({ ...metadata, partial: false })),
    };

    const run = await runOnDisk(acmeIntegration({ steps: steps(complete) }), config(baseUrl));

    expect(run.partialTypes).toEqual([]);
    expect(run.events.filter(({ name }) => !name.startsWith('step_'))).toEqual([
      {
        name: 'warn_incomplete_data',
        level: 'warn',
        description: 'Skipped 1 of the devices: 1 without an id.',
      },
      {
        name: 'info',
        level: 'info',
        description: 'Listed more than once among the devices: 1; each was taken once.',
      },
    ]);
  });

  it('a type that no step declares is not partial when its step fails: it has to be declared', async () => {
    const { baseUrl } = await startAcmeServer();
    const undeclared: AcmeStep = {
      ...fetchUsers,
      relationships: [],
      async run(context) {
        await fetchUsers.run(context);
        throw new Error('too late');
      },
    };

    const run = await runOnDisk(acmeIntegration({ steps: steps(undeclared) }), config(baseUrl));

    expect(run.statuses).toMatchObject({ 'fetch-users': 'failure' });
    expect([...run.partialTypes].sort()).toEqual(['acme_device', 'acme_user']);
  });

  it('the types of a step whose data cannot be uploaded are partial', async () => {
    const { baseUrl } = await startAcmeServer();

    const run = await runOnDisk(acmeIntegration({ steps: steps() }), config(baseUrl), (stepId) => ({
      stepId,
      enqueue: () => Promise.resolve(),
      waitUntilUploadsComplete: () =>
        stepId === 'fetch-users'
          ? Promise.reject(Object.assign(new Error('no room'), { code: 'UPLOAD_ERROR', typesInvolved: [USER._type] }))
          : Promise.resolve(),
    }));

    expect(run.error).toBeUndefined();
    expect(run.statuses).toMatchObject({ 'fetch-account': 'success', 'fetch-users': 'failure' });
    expect(run.partialTypes).toContain('acme_user');
  });

  it.each([
    [
      'a start state',
      acmeIntegration({ steps: steps(), disabledSteps: () => ({ [fetchUsers.id]: DisabledStepReason.CONFIG }) }),
    ],
    [
      'the choice of another step',
      prepareLocalStepCollection(acmeIntegration({ steps: steps() }), { step: ['fetch-devices'] }),
    ],
  ])('the types of a step that is disabled by %s are not partial: such a run must not delete', async (_case, acme) => {
    const { baseUrl } = await startAcmeServer();

    const run = await runOnDisk(acme, config(baseUrl));

    expect(run.statuses).toMatchObject({ 'fetch-users': 'disabled', 'fetch-devices': 'success' });
    expect(run.partialTypes).toEqual(['acme_device']);
  });
});

describe('ingestion sources', () => {
  const source = (ingestionSourceId: string) => ({ ingestionSourceId });
  it.each([
    ['no word about sources', undefined, 'disabled'],
    ['an empty list', [], 'success'],
    ['another source', [source('other')], 'success'],
    ['the source', [source('archive')], 'disabled'],
  ])('with %s, a source that is off by default is as expected', async (_case, disabledSources, status) => {
    const { baseUrl } = await startAcmeServer();

    const run = await runOnDisk(acmeIntegration(), {
      config: { apiKey: 'k3y-1234', apiBaseUrl: baseUrl },
      disabledSources,
    });

    expect(run.error).toBeUndefined();
    expect(run.statuses['fetch-archive']).toBe(status);
    expect(run.keys.includes('acme_archived_device:a1')).toBe(status === 'success');
  });

  it('a source that is on by default runs without a word about sources', async () => {
    const { baseUrl } = await startAcmeServer();
    const acme = acmeIntegration({ ingestionSources: { archive: { title: 'Archived devices' } } });

    const run = await runOnDisk(acme, { config: { apiKey: 'k3y-1234', apiBaseUrl: baseUrl } });

    expect(run.statuses['fetch-archive']).toBe('success');
  });
});

describe('two accounts in one process', () => {
  it('share neither client nor credentials, even at the same time', async () => {
    const { baseUrl, authorizations } = await startAcmeServer();
    const acme = acmeIntegration();
    const contextOf = (apiKey: string) =>
      Object.assign(createMockStepExecutionContext({ instanceConfig: { apiKey, apiBaseUrl: baseUrl } }), {
        executionConfig: {},
      });
    const contexts = [contextOf('first-key'), contextOf('second-key')];

    await Promise.all(contexts.map(async (context) => acme.validateInvocation?.(context)));
    for (const step of acme.integrationSteps)
      await Promise.all(contexts.map(async (context) => step.executionHandler(context)));
    const keys = AcmeClient.made.map(({ config }) => config.apiKey);
    const [first, second] = contexts;
    if (first !== undefined) await acme.afterExecution?.(first);
    const closedAfterFirst = AcmeClient.made.map(({ closed }) => closed);
    if (second !== undefined) await acme.afterExecution?.(second);

    expect(keys).toEqual(['first-key', 'second-key']);
    for (const apiKey of ['first-key', 'second-key'])
      expect(authorizations.filter((header) => header === `Bearer ${apiKey}`)).toHaveLength(4);
    expect(closedAfterFirst).toEqual([1, 0]);
    expect(AcmeClient.made.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('one after the other, get a client each', async () => {
    const { baseUrl } = await startAcmeServer();
    const acme = acmeIntegration();
    const config = { apiKey: 'k3y-1234', apiBaseUrl: baseUrl };

    await runOnDisk(acme, { config });
    await runOnDisk(acme, { config });

    expect(AcmeClient.made.map(({ closed }) => closed)).toEqual([1, 1]);
  });
});

describe('secrets', () => {
  const CANARY = 'c4n4ry$x"y+z/w=';
  const forms = [
    CANARY,
    JSON.stringify(CANARY).slice(1, -1),
    Buffer.from(CANARY).toString('base64'),
    Buffer.from(CANARY).toString('hex'),
    encodeURIComponent(CANARY),
  ];

  it.each([
    ['success', {}, {}],
    [
      'a vendor that echoes the key while validating',
      { '/me': { status: 401, body: { message: forms.join(' ') } } },
      {},
    ],
    ['a vendor that echoes the key in a step', { '/users': { status: 400, body: { error: forms.join(' ') } } }, {}],
    [
      'a step that throws what it knows',
      {},
      {
        steps: [
          {
            ...fetchUsers,
            dependsOn: [],
            run: ({ config }) =>
              Promise.reject(
                Object.assign(new Error(`signing with ${forms.join(' ')}`, { cause: new Error(CANARY) }), { config }),
              ),
          } satisfies AcmeStep,
        ],
      },
    ],
    [
      'a client that cannot be made',
      {},
      {
        createClient: ({ apiKey }: { apiKey: string }) => {
          throw new Error(`invalid header value "${apiKey}"`);
        },
      },
    ],
    [
      'a step switch with a mistake',
      {},
      {
        disabledSteps: ({ apiKey }: { apiKey: string }) => {
          throw new Error(`no steps for "${apiKey}"`);
        },
      },
    ],
    [
      'a configuration with a mistake',
      {},
      {
        readConfig: (raw: object) => {
          throw new Error(JSON.stringify(raw));
        },
      },
    ],
  ])('are in nothing that is logged or written, after %s', async (_case, answers, changes) => {
    const { baseUrl } = await startAcmeServer(answers);

    const run = await runOnDisk(acmeIntegration({ ...changes, ingestionSources: { archive: { title: '' } } }), {
      config: { apiKey: CANARY, apiBaseUrl: baseUrl },
    });

    expect(run.output).toContain('Starting execution with config');
    for (const form of forms) expect(run.output).not.toContain(form);
  });
});

describe('defineIntegration', () => {
  it('keeps for each config field where its value is found', () => {
    expect(acmeIntegration().instanceConfigFields).toEqual({
      apiKey: { type: 'string', mask: true, whereToFind: 'Create one under Settings > Keys.' },
      apiBaseUrl: {
        type: 'string',
        whereToFind: 'The address of your console.',
        check: expect.any(Function) as unknown,
      },
    });
  });

  it.each([
    ['a step twice', { steps: [fetchAccount, fetchAccount] }, 'acme defines the step "fetch-account" twice.'],
    [
      'a dependency that is not a step',
      { steps: [fetchUsers] },
      'acme: the step "fetch-users" depends on "fetch-account", which is not a step.',
    ],
    [
      'a source that is not declared',
      { steps: [fetchArchive], ingestionSources: {} },
      'acme: the step "fetch-archive" names "archive", which is not in ingestionSources.',
    ],
  ])('refuses %s', (_case, changes, message) => {
    expect(() => acmeIntegration(changes)).toThrow(new TypeError(message));
  });
});
