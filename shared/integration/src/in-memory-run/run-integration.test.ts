import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { RetainingStore } from './retaining-store.js';
import { runIntegration } from './run-integration.js';
import { startAcmeServer, type AcmeServer } from '../testing/acme-server.js';
import { acmeIntegration, type AcmeStep } from '../testing/acme.js';

const FOLDER = 'JUPITERONE_INTEGRATION_STORAGE_DIRECTORY';

function configFor({ baseUrl }: AcmeServer): Record<string, string> {
  return { apiKey: 'key', apiBaseUrl: baseUrl };
}

describe('runIntegration', () => {
  it('tells what a whole collection has made, and how its steps ended', async () => {
    const server = await startAcmeServer();

    const run = await runIntegration(acmeIntegration(), configFor(server), { startedOn: 1_700_000_000_000 });

    expect(run.counts).toEqual({ acme_account: 1, acme_user: 2, acme_account_has_user: 2, acme_device: 2 });
    expect(run.entities.map(({ _key }) => _key).sort()).toEqual([
      'acme_account:account',
      'acme_device:d1',
      'acme_device:d2',
      'acme_user:u1',
      'acme_user:u2',
    ]);
    expect(run.statuses).toEqual({
      'fetch-account': 'success',
      'fetch-users': 'success',
      'fetch-devices': 'success',
      'fetch-archive': 'disabled',
    });
    expect(run.partialTypes).toEqual(['acme_device']);
    expect(run.errors).toEqual([]);
    expect(run.events.map(({ description }) => description)).toContainEqual(expect.stringContaining('without an id'));
  });

  it('runs with the ingestion sources that a test switches on', async () => {
    const server = await startAcmeServer();

    const { counts } = await runIntegration(acmeIntegration(), configFor(server), { disabledSources: [] });

    expect(counts['acme_archived_device']).toBe(1);
  });

  it('goes on after a step that failed, and says which types must be kept and why', async () => {
    const server = await startAcmeServer({ '/users': { status: 403, body: {} } });

    const { steps, errors, partialTypes } = await runIntegration(acmeIntegration(), configFor(server));

    expect(steps['fetch-users']).toMatchObject({
      status: 'failure',
      declaredTypes: ['acme_user', 'acme_account_has_user'],
      error: { code: 'PROVIDER_AUTHORIZATION_ERROR' },
    });
    expect(steps['fetch-account']).not.toHaveProperty('error');
    expect(errors).toEqual([steps['fetch-users']?.error]);
    expect(partialTypes).toEqual(['acme_account_has_user', 'acme_device', 'acme_user']);
  });

  it('is rejected when the credentials are, and leaves the store to be looked at', async () => {
    const server = await startAcmeServer({ '/me': { status: 401, body: {} } });
    const store = new RetainingStore();

    await expect(runIntegration(acmeIntegration(), configFor(server), { store })).rejects.toMatchObject({
      code: 'PROVIDER_AUTHENTICATION_ERROR',
    });
    expect(store.collectEntities()).toEqual([]);
  });

  it('fails a step whose entity its class does not allow', async () => {
    const server = await startAcmeServer();
    const fetchSites: AcmeStep = {
      id: 'fetch-sites',
      name: 'Fetch sites',
      entities: [{ resourceName: 'Site', _type: 'acme_site', _class: ['Site'] }],
      relationships: [],
      async run({ jobState }) {
        await jobState.addEntity({
          _key: 'acme_site:1',
          _type: 'acme_site',
          _class: ['Site'],
          displayName: 'without a name',
        });
      },
    };

    const { errors, entities } = await runIntegration(acmeIntegration({ steps: [fetchSites] }), configFor(server));

    expect(errors.map(String)).toEqual([expect.stringMatching(/acme_site:1: .*class 'Site'[^]*"name"/)]);
    expect(entities).toEqual([]);
  });

  it('may run several times at once, and leaves the environment as it was', async () => {
    const server = await startAcmeServer();
    vi.stubEnv(FOLDER, '/somewhere/else');
    vi.stubEnv('DISABLE_DISK_USAGE_METRIC', undefined);
    const folders: (string | undefined)[] = [];
    const integration = acmeIntegration({
      checkCredentials: async () => {
        folders.push(process.env[FOLDER]);
      },
    });

    const runs = await Promise.all([1, 2].map(() => runIntegration(integration, configFor(server))));

    expect(runs.map(({ errors }) => errors)).toEqual([[], []]);
    expect(new Set(folders).size).toBe(1);
    expect(folders[0]).not.toBe('/somewhere/else');
    expect(existsSync(folders[0] ?? '')).toBe(false);
    expect(process.env[FOLDER]).toBe('/somewhere/else');
    expect(process.env).not.toHaveProperty('DISABLE_DISK_USAGE_METRIC');
  });
});
