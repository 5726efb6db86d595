import { setTimeout as realTime } from 'node:timers/promises';
import type { IntegrationStep } from '@jupiterone/integration-sdk-core';
import { createMockExecutionContext, registerMatchers } from '@jupiterone/integration-sdk-testing';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import type { Run } from '@vendor-graph/integration/testing';
import { startSimulator, type Fault, type Simulator, type StartOptions } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runZeroIntegration } from './integration.js';
import { runIntegration, type RunOptions } from './testing/run-integration.js';

registerMatchers(expect);
// Whole collections over real sockets; the default is for unit tests on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

const API = '/api/v1.0';
const ASSETS = `GET ${API}/export/org/assets.jsonl`;

let simulator: Simulator;

afterEach(async () => {
  await simulator.close();
});

async function start(options: StartOptions<'runzero'> = {}): Promise<void> {
  simulator = await startSimulator('runzero', options);
}

/** Collects with one of the simulator's credentials. */
async function collect(
  credentials: 'default' | 'export-token' | 'account-key-export',
  options?: RunOptions,
): Promise<Run> {
  return runIntegration({ ...simulator.credentials[credentials], apiBaseUrl: simulator.baseUrl }, options);
}

function ofType(run: Run, type: string): Run['entities'] {
  return run.entities.filter((entity) => entity._type === type);
}

function related(run: Run, type: string): Run['relationships'] {
  return run.relationships.filter((relationship) => relationship._type === type);
}

describe('with an account key', () => {
  it('collects every type, each as its metadata and JupiterOne`s schemas say', async () => {
    await start({ assets: 12 });

    const run = await collect('default', { disabledSources: [] });

    expect(new Set(Object.values(run.statuses))).toEqual(new Set(['success']));
    expect(run.partialTypes).toEqual([]);
    const { integrationSteps } = runZeroIntegration();
    expect(Object.keys(run.counts).sort()).toEqual(integrationSteps.flatMap(typesOf).sort());
    for (const metadata of integrationSteps.flatMap(({ entities }) => entities)) {
      expect(ofType(run, metadata._type)).toMatchDataModelSchema(metadata);
    }
    for (const { _type, _class } of integrationSteps.flatMap(({ relationships }) => relationships)) {
      expect(related(run, _type)).toMatchDirectRelationshipSchema({
        schema: { properties: { _class: { const: _class } } },
      });
    }
    expectEndsToExist(run);
  });

  it('leaves out what is off by default', async () => {
    await start();

    const run = await collect('default');

    expect(run.counts).toEqual({
      rumble_account: 1,
      rumble_organization: 6,
      rumble_site: 18,
      rumble_user: 12,
      rumble_asset: 120,
      rumble_account_has_organization: 6,
      rumble_account_has_site: 18,
      rumble_account_has_user: 12,
      rumble_organization_has_site: 18,
      rumble_site_has_asset: 120,
      rumble_user_assigned_organization: 53,
    });
    expect(simulator.traffic.count(`GET ${API}/export/org/services.jsonl`)).toBe(0);
  });

  it('names the account after the instance and keys it by the vendor`s id', async () => {
    await start();

    const run = await collect('default');

    const [account] = ofType(run, 'rumble_account');
    expect(account).toMatchObject({
      name: 'The instance',
      displayName: 'The instance',
      vendor: 'runZero',
      accessURL: new URL(simulator.baseUrl).origin,
    });
    expect(new Set(ofType(run, 'rumble_organization').map(({ clientId }) => clientId))).toEqual(
      new Set([account?._key]),
    );
  });

  it('reads each list of the account once, credential check included', async () => {
    await start({ console: '2022' });

    await collect('default');

    expect(simulator.traffic.requests.map(({ path }) => path.replace(API, '')).sort()).toEqual([
      '/account/orgs',
      // For the one organization without a token; this console has no such list.
      expect.stringMatching(/^\/account\/orgs\/[0-9a-f-]{36}\/exportTokens$/),
      '/account/sites',
      '/account/users',
      '/export/org/assets.jsonl',
      '/export/org/assets.jsonl',
      '/export/org/assets.jsonl',
    ]);
  });

  it('looks for tokens only where the organization has assets and none of its own', async () => {
    await start({ console: '2025' });

    const run = await collect('default');

    expect(simulator.traffic.count(`GET ${API}/account/orgs/:id/exportTokens`)).toBe(4);
    expect(ofType(run, 'rumble_organization').map(({ name, hasExportToken }) => [name, hasExportToken])).toEqual([
      ['Example Org', true],
      ['Labs without token', false],
      ['Demo Organization', true],
      ['Retired Branch', false],
      ['Nothing scanned yet', false],
      ['Zürich – Büro', true],
    ]);
  });

  it('warns once of the organizations without a token, which are skipped', async () => {
    await start();

    const run = await collect('default');

    const warnings = run.events.filter(({ name }) => name === 'warn_missing_permission');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.description).toMatch(
      /^1 organization has no export token, so that no assets were read there: Labs without token \([0-9a-f-]{36}\)\./,
    );
    expect(run.statuses['fetch-assets']).toBe('success');
  });

  it('exports with the account key where there is no token, when told to', async () => {
    await start();

    const run = await collect('account-key-export');

    expect(run.counts['rumble_asset']).toBe(160);
    expect(run.events.filter(({ name }) => name.startsWith('warn'))).toEqual([]);
    expect(simulator.traffic.requests.filter(({ query }) => '_oid' in query)).toHaveLength(1);
  });

  it('draws roles as the console gives them', async () => {
    await start();

    const run = await collect('default');

    const roles = related(run, 'rumble_user_assigned_organization').map((relationship) => {
      const user = run.entities.find(({ _key }) => _key === relationship['_fromEntityKey']);
      const organization = run.entities.find(({ _key }) => _key === relationship['_toEntityKey']);
      const { assignedRole, effectiveRole, roleSource } = relationship;
      return [user?.displayName, organization?.['name'], assignedRole, effectiveRole, roleSource]
        .map(String)
        .join(' | ');
    });
    expect(roles).toHaveLength(53);
    expect(roles.filter((role) => role.endsWith('| superuser'))).toHaveLength(12);
    expect(roles).toEqual(
      expect.arrayContaining([
        'First0 Last0 | Example Org | admin | admin | superuser',
        'First2 Last2 | Example Org | viewer | admin | default',
        'First2 Last2 | Labs without token | none | admin | default',
        'First3 Last3 | Example Org | user | user | override',
        'First3 Last3 | Labs without token | user | user | inherited',
        'First3 Last3 | Zürich – Büro | user | user | inherited',
        'First3 Last3 | Demo Organization | annotator | annotator | override',
        'First10 Last10 | Zürich – Büro | auditor | auditor | inherited',
      ]),
    );
    expect(roles.filter((role) => role.startsWith('First7 Last7'))).toEqual([]);
    expect(run.events.map(({ description }) => description)).toContain(
      '1 roles of users were left out: they are for organizations that are not listed.',
    );
  });

  it('has the same graph after a second run', async () => {
    await start({ assets: 12 });

    const first = await collect('default', { disabledSources: [] });
    const second = await collect('default', { disabledSources: [] });

    expect(sorted(second)).toEqual(sorted(first));
  });

  it('marks as partial what an organization with a refused token lacks, and reads the others', async () => {
    await start();
    simulator.faults.add({
      route: ASSETS,
      skip: 1,
      times: 1,
      fault: { kind: 'status', status: 401, body: 'Invalid API Key for Organization' },
    });

    const run = await collect('default');

    expect(run.counts['rumble_asset']).toBe(80);
    expect(run.statuses).toMatchObject({
      'fetch-assets': 'failure',
      'fetch-sites': 'success',
      'fetch-organization': 'success',
      'build-site-asset-relationships': 'partial_success_due_to_dependency_failure',
    });
    expect(run.partialTypes).toEqual(expect.arrayContaining(['rumble_asset', 'rumble_site_has_asset']));
    expect(run.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Provider authorization failed at GET .*: 401 Assets of 1 of 4 organizations could not be read completely\. Demo Organization \([0-9a-f-]{36}\): .*Invalid API Key for Organization/,
      ),
    ]);
    expect(run.events.find(({ name }) => name === 'warn_missing_permission')?.description).toMatch(
      /refused: Demo Organization/,
    );
  });

  it.each([401, 403, 404])('takes a %i of an inactive organization for no assets, with a notice', async (status) => {
    await start({ console: '2022' });
    // The first organization that is exported is inactive, by word of the list.
    simulator.faults.add({
      route: `GET ${API}/account/orgs`,
      fault: { kind: 'rewrite', rewrite: (body) => body.replace('"inactive":false', '"inactive":true') },
    });
    simulator.faults.add({ route: ASSETS, times: 1, fault: { kind: 'status', status } });

    const run = await collect('default');

    expect(run.statuses['fetch-assets']).toBe('success');
    expect(run.counts['rumble_asset']).toBe(80);
    expect(run.events.map(({ description }) => description)).toContainEqual(
      expect.stringMatching(/^The inactive organization Example Org \(.*\) gives no assets \(answer \d+\)\.$/),
    );
  });

  it('fails the assets, and nothing else, when tokens cannot be looked up', async () => {
    await start();
    simulator.faults.add({ route: `GET ${API}/account/orgs/:id/exportTokens`, fault: { kind: 'status', status: 500 } });

    const run = await collect('default');

    expect(run.statuses).toMatchObject({ 'fetch-assets': 'failure', 'fetch-organization': 'success' });
    expect(ofType(run, 'rumble_organization').map(({ hasExportToken }) => hasExportToken)).toContain(undefined);
    expect(run.counts['rumble_organization']).toBe(6);
  });

  it('fails the assets when the answer about tokens is no list, also when it is asked for again', async () => {
    await start();
    simulator.faults.add({
      route: `GET ${API}/account/orgs/:id/exportTokens`,
      fault: { kind: 'body', body: '{"status":"ok"}' },
    });

    const run = await collect('default');

    expect(run.statuses['fetch-assets']).toBe('failure');
    expect(run.errors[0]?.message).toContain('answered 200, but not with a list');
  });

  it.each([400, 403, 404])('takes a %i of the list of tokens for none', async (status) => {
    await start();
    simulator.faults.add({ route: `GET ${API}/account/orgs/:id/exportTokens`, fault: { kind: 'status', status } });

    const run = await collect('default');

    expect(run.statuses['fetch-assets']).toBe('success');
    expect(run.events.find(({ name }) => name === 'warn_missing_permission')?.description).toMatch(
      /^4 organizations have no export token/,
    );
  });

  it('merges what is listed twice, and skips with a warning what has no id', async () => {
    await start({ console: '2022' });
    for (const list of ['orgs', 'sites', 'users']) {
      simulator.faults.add({
        route: `GET ${API}/account/${list}`,
        fault: {
          kind: 'rewrite',
          rewrite: (body) => {
            const records = JSON.parse(body) as object[];
            return JSON.stringify([...records, records[0], { name: 'no id' }, null, 'text']);
          },
        },
      });
    }

    const run = await collect('default');

    expect(run.counts).toMatchObject({ rumble_organization: 6, rumble_site: 18, rumble_user: 12, rumble_asset: 120 });
    expect(run.events.map(({ description }) => description)).toEqual(
      expect.arrayContaining([
        'Skipped 3 of the organizations: 3 without an id.',
        'Skipped 3 of the sites: 3 without an id.',
        'Skipped 3 of the users: 3 without an id.',
        'Listed more than once among the organizations: 1; each was taken once.',
      ]),
    );
  });

  it('tells which relationships miss their organization', async () => {
    await start({ console: '2022' });
    simulator.faults.add({
      route: `GET ${API}/account/sites`,
      fault: {
        kind: 'rewrite',
        rewrite: (body) =>
          body.replace(/"organization_id":"[^"]+"/, '"organization_id":"11111111-1111-4111-8111-111111111111"'),
      },
    });

    const run = await collect('default');

    expect(run.counts).toMatchObject({
      rumble_site: 18,
      rumble_account_has_site: 18,
      rumble_organization_has_site: 17,
    });
    expect(run.events.map(({ description }) => description)).toContain(
      'Skipped 1 of the relationships of organizations to sites: 1 to an organization that is not listed.',
    );
  });
});

describe('with an export token', () => {
  it('collects the organization`s sites and assets, and asks for nothing of the account', async () => {
    await start();

    const run = await collect('export-token');

    expect(run.counts).toEqual({
      rumble_account: 1,
      rumble_site: 3,
      rumble_asset: 40,
      rumble_account_has_site: 3,
      rumble_site_has_asset: 40,
    });
    expect(ofType(run, 'rumble_account')[0]?._key).toBe('integration-instance');
    expect(simulator.traffic.requests.map(({ path }) => path.replace(API, ''))).toEqual([
      '/export/org/sites.json',
      '/export/org/assets.jsonl',
    ]);
    expect(run.partialTypes).toEqual([]);
  });

  it('switches the account`s steps off for want of permission, and says so once', async () => {
    await start();

    const run = await collect('export-token');

    expect(run.statuses).toMatchObject({
      'fetch-account': 'success',
      'fetch-organization': 'disabled',
      'fetch-users': 'disabled',
      'build-user-organization-relationships': 'disabled',
      'fetch-sites': 'success',
      'build-organization-site-relationships': 'disabled',
      'build-site-account-relationships': 'success',
      'fetch-assets': 'success',
      'build-site-asset-relationships': 'success',
    });
    expect(run.events.filter(({ name }) => name === 'stats').map(({ description }) => description)).toEqual([
      'Users and organizations are not collected: an Export Token shows one organization without either.',
    ]);
  });

  it('gives every step a start state, with the reason of the SDK', async () => {
    await start();
    const integration = runZeroIntegration();
    const context = createMockExecutionContext({
      instanceConfig: { ...simulator.credentials['export-token'], apiBaseUrl: simulator.baseUrl },
    });

    const states = await integration.getStepStartStates?.(context);
    await integration.afterExecution?.(context);

    expect(Object.keys(states ?? {}).sort()).toEqual(integration.integrationSteps.map(({ id }) => id).sort());
    expect(states?.['fetch-users']).toEqual({ disabled: true, disabledReason: 'permission' });
    expect(states?.['fetch-services']).toEqual({ disabled: true, disabledReason: 'user_config' });
    expect(states?.['fetch-assets']).toEqual({ disabled: false });
  });

  it('reads the rest of the inventory too when that is switched on', async () => {
    await start();

    const run = await collect('export-token', { disabledSources: [] });

    expect(run.counts).toMatchObject({
      rumble_service: 236,
      rumble_asset_has_service: 236,
      rumble_asset_has_vulnerability: run.counts['rumble_vulnerability'],
      rumble_wireless_network: 12,
      rumble_site_has_wireless_network: 12,
    });
    expectEndsToExist(run);
  });

  it('asks for the fields that it needs and no others', async () => {
    await start();

    await collect('export-token');

    const [, assets] = simulator.traffic.requests;
    expect(assets?.query).toEqual({
      fields:
        'id,created_at,updated_at,organization_id,site_id,alive,scanned,first_seen,last_seen,detected_by,type,os,os_vendor,os_product,os_version,hw,hw_vendor,hw_product,hw_version,addresses,addresses_extra,macs,names,domains,tags,service_count,service_ports_tcp,service_ports_udp,service_protocols,service_products,software_count,vulnerability_count,finding_count,last_agent_id,last_task_id,newest_mac,newest_mac_vendor,eol_os,eol_os_ext,risk,risk_rank,sources,org_name,site_name,attributes',
    });
  });

  it.each([0, 1, 99, 100, 101, 500])('reads exactly %i assets', async (assets) => {
    await start({ assets });

    const run = await collect('export-token');

    expect(run.statuses['fetch-assets']).toBe('success');
    expect(new Set(ofType(run, 'rumble_asset').map(({ _key }) => _key)).size).toBe(assets);
    expect(run.counts['rumble_site_has_asset'] ?? 0).toBe(assets);
  });

  it('collects nothing of an organization without sites', async () => {
    await start({ sites: 0, assets: 0 });

    const run = await collect('export-token');

    expect(run.counts).toEqual({ rumble_account: 1 });
    expect(run.statuses['fetch-assets']).toBe('success');
  });
});

describe('vulnerabilities', () => {
  it.each([
    ['info', 1],
    ['critical', 0],
  ])('are collected from the severity %s on', async (minimumVulnerabilitySeverity, least) => {
    await start();
    const config = { ...simulator.credentials['export-token'], apiBaseUrl: simulator.baseUrl };

    const run = await runIntegration({ ...config, minimumVulnerabilitySeverity }, { disabledSources: [] });

    const severities = new Set(ofType(run, 'rumble_vulnerability').map(({ severity }) => severity));
    expect(severities).toEqual(
      least === 1 ? new Set(['info', 'low', 'medium', 'high', 'critical']) : new Set(['critical']),
    );
  });
});

describe('the credential check', () => {
  const refusals: readonly [string, Fault, 'default' | 'export-token', string][] = [
    [
      'a bad account key',
      {
        kind: 'status',
        status: 401,
        body: {
          provided_token_type: '',
          possible_token_types: ['organization', 'client'],
          error: 'token is undefined or invalid: API key not found',
        },
      },
      'default',
      'API key not found',
    ],
    [
      'a bad account key, early 2022',
      { kind: 'status', status: 401, body: { error: 'API Key Not Found' } },
      'default',
      'API Key Not Found',
    ],
    [
      'a bad export token, mid 2022',
      { kind: 'status', status: 401, body: 'Invalid API Key for Organization' },
      'export-token',
      'Invalid API Key for Organization',
    ],
    [
      'an expired licence',
      { kind: 'status', status: 403, body: { title: 'Forbidden', status: 403, detail: 'licence expired' } },
      'default',
      'licence expired',
    ],
    [
      'a form in which the status is a text',
      { kind: 'status', status: 401, body: { detail: 'no', error: 'request failed', status: 'error', title: 'x' } },
      'default',
      'request failed',
    ],
  ];

  it.each(refusals)('ends %s with an authentication error', async (_, fault, credentials, message) => {
    await start();
    simulator.faults.add({ route: '*', fault });

    await expect(collect(credentials)).rejects.toMatchObject({
      code: 'PROVIDER_AUTHENTICATION_ERROR',
      fatal: true,
      message: expect.stringContaining(message) as string,
    });
    expect(simulator.traffic.count()).toBe(1);
  });

  it.each<[string, Fault, string]>([
    ['a server error', { kind: 'status', status: 500 }, 'PROVIDER_RETRIES_EXCEEDED_ERROR'],
    ['a 429 without a word', { kind: 'status', status: 429 }, 'PROVIDER_RETRIES_EXCEEDED_ERROR'],
    ['HTML', { kind: 'body', body: '<html><title>Maintenance</title></html>' }, 'PROVIDER_API_ERROR'],
    ['JSON of another shape', { kind: 'body', body: '{"organizations":[]}' }, 'PROVIDER_API_ERROR'],
    ['a 404', { kind: 'status', status: 404 }, 'PROVIDER_API_ERROR'],
    ['a redirect', { kind: 'redirect', location: 'https://example.invalid/' }, 'PROVIDER_API_ERROR'],
  ])('does not take %s for wrong credentials', async (_, fault, code) => {
    await start();
    simulator.faults.add({ route: '*', fault });

    await expect(collect('default')).rejects.toMatchObject({ code });
  });

  it.each<[string, Fault]>([
    ['HTML', { kind: 'body', body: '<html></html>' }],
    ['JSON of another shape', { kind: 'body', body: '{"message":"try again"}' }],
  ])('asks once more after %s', async (_, fault) => {
    await start({ console: '2022' });
    simulator.faults.add({ route: `GET ${API}/account/orgs`, times: 1, fault });

    const run = await collect('default');

    expect(run.counts['rumble_organization']).toBe(6);
    expect(simulator.traffic.count(`GET ${API}/account/orgs`)).toBe(2);
  });

  it('wants an account to have an organization', async () => {
    await start({ organizations: 0 });

    await expect(collect('default')).rejects.toMatchObject({
      code: 'CONFIG_VALIDATION_ERROR',
      message: expect.stringContaining('has no organization') as string,
    });
  });

  it('sends nothing before the configuration is right', async () => {
    await start();
    const both = { ...simulator.credentials['default'], ...simulator.credentials['export-token'] };

    await expect(runIntegration({ ...both, apiBaseUrl: simulator.baseUrl })).rejects.toMatchObject({
      code: 'CONFIG_VALIDATION_ERROR',
    });
    await expect(runIntegration({ apiBaseUrl: simulator.baseUrl })).rejects.toMatchObject({
      code: 'CONFIG_VALIDATION_ERROR',
    });
    expect(simulator.traffic.count()).toBe(0);
  });
});

describe('the quota', () => {
  it('warns once when little is left', async () => {
    await start({ dailyQuota: 100, usedToday: 91 });

    const run = await collect('default');

    const warnings = run.events.filter(({ name }) => name === 'warn_ingestion_limit_encountered');
    expect(warnings.map(({ description }) => description)).toEqual([
      'Only 8 of the 100 API calls that runZero allows the account each day are left. When none is left, collecting fails until the next day.',
    ]);
  });

  it('does not warn while a tenth or more is left', async () => {
    await start({ dailyQuota: 100, usedToday: 80 });

    const run = await collect('default');

    expect(run.events.filter(({ name }) => name === 'warn_ingestion_limit_encountered')).toEqual([]);
  });

  it('is not waited for when it is used up, and the error names it', async () => {
    await start({ dailyQuota: 100, usedToday: 100 });
    const clock = new VirtualClock();

    await expect(collect('default', { clock })).rejects.toMatchObject({
      code: 'PROVIDER_API_ERROR',
      message: expect.stringMatching(/the account's daily API quota of 100 calls is used up/) as string,
    });
    expect(simulator.traffic.count()).toBe(1);
    expect(clock.monotonic()).toBe(0);
  });

  it('fails the steps that it no longer suffices for, and leaves the others', async () => {
    await start({ assets: 0, dailyQuota: 100, usedToday: 98 });

    const run = await collect('default');

    // One call is left for two lists; which of them gets it is a matter of chance.
    const { rumble_user: users = 0, rumble_site: sites = 0 } = run.counts;
    expect([users, sites].toSorted((one, other) => one - other)[0]).toBe(0);
    expect(users + sites).toBeGreaterThan(0);
    expect(run.partialTypes).toContain(users === 0 ? 'rumble_user' : 'rumble_site');
    expect(run.errors[0]?.message).toContain('daily API quota of 100 calls is used up');
    expect(run.counts['rumble_organization']).toBe(6);
  });

  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': new Date(Date.UTC(2024, 0, 1, 0, 0, 9)).toUTCString() }, 9_000],
    ['no time', {}, 1_000],
    ['some of the quota left', { 'x-api-usage-limit': '100', 'x-api-usage-remaining': '5' }, 1_000],
    ['more than five minutes', { 'retry-after': '3600' }, 300_000],
  ])('waits and asks again after any other 429: %s', async (_, headers, waitMs) => {
    const clock = new VirtualClock(Date.UTC(2024, 0, 1));
    await start({ console: '2022', assets: 0, clock });
    simulator.faults.add({
      route: `GET ${API}/account/orgs`,
      times: 1,
      fault: { kind: 'status', status: 429, headers },
    });

    const run = await collect('default', { clock });

    expect(run.statuses['fetch-organization']).toBe('success');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(waitMs);
    expect(clock.monotonic()).toBeLessThan(waitMs + 5_000);
  });

  it.each<[string, Record<string, string | null>]>([
    ['missing', { 'x-api-usage-limit': null, 'x-api-usage-remaining': null }],
    ['no numbers', { 'x-api-usage-limit': 'unlimited', 'x-api-usage-remaining': '-' }],
  ])('is no matter when its headers are %s', async (_, headers) => {
    await start({ dailyQuota: 100, usedToday: 91 });
    simulator.faults.add({ route: '*', fault: { kind: 'headers', headers } });

    const run = await collect('default');

    expect(run.events.filter(({ name }) => name === 'warn_ingestion_limit_encountered')).toEqual([]);
    expect(run.partialTypes).toEqual([]);
  });
});

describe('an execution', () => {
  it('leaves no connection open', async () => {
    await start();

    await collect('default');
    await realTime(0);

    expect(simulator.traffic.requests.filter(({ status }) => status === 0)).toEqual([]);
  });

  it('uses one connection for an export at a time', async () => {
    await start({ organizations: 12, console: '2022' });

    const run = await collect('default');

    expect(run.counts['rumble_asset']).toBe(360);
    expect(simulator.traffic.peakInFlight).toBeLessThanOrEqual(3);
  });
});

function typesOf({ entities, relationships, mappedRelationships = [] }: IntegrationStep): string[] {
  return [...entities, ...relationships, ...mappedRelationships].map(({ _type }) => _type);
}

function expectEndsToExist(run: Run): void {
  const keys = new Set(run.entities.map(({ _key }) => _key));
  const ends = run.relationships.flatMap((relationship) => {
    if (relationship._mapping !== undefined)
      return [(relationship._mapping as { sourceEntityKey: string }).sourceEntityKey];
    return [relationship['_fromEntityKey'], relationship['_toEntityKey']] as string[];
  });
  expect(ends.filter((key) => !keys.has(key))).toEqual([]);
}

function sorted(run: Run): object[] {
  return [...run.entities, ...run.relationships].toSorted((one, other) => one._key.localeCompare(other._key));
}
