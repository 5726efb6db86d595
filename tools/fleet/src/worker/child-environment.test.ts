import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../accounts/read-accounts.js';
import { collectEnvironment, syncEnvironment } from './child-environment.js';

const VENDOR = {
  vendor: 'acme',
  packageName: '@x/acme',
  version: '1',
  folder: '/',
  entry: '/',
  envFile: '/',
  graphFolder: '/',
};
const WORKER = {
  PATH: '/bin',
  https_proxy: 'http://proxy',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel',
  OTHER_ACCOUNT_KEY: 'secret',
  VENDOR_GRAPH_REDIS_URL: 'redis://:secret@redis',
  ACME_API_KEY: 'of somebody else',
  NODE_OPTIONS: '--inspect',
};
const [account] = parseAccounts(
  `
targets: { t: { account: j1, apiKey: { env: K }, apiBaseUrl: 'https://j1' } }
accounts:
  - { name: a, vendor: acme, instanceId: i-1, target: t, config: { orgName: Acme, exportAll: true }, secrets: { apiKey: { env: K } } }`,
  'a.yaml',
);

describe("the environment of a job's process", () => {
  it('holds the account of a collection, and nothing of others', () => {
    if (account === undefined) throw new Error('no account');

    expect(collectEnvironment(account, VENDOR, { apiKey: 'k$1' }, '/limits', WORKER)).toEqual({
      PATH: '/bin',
      https_proxy: 'http://proxy',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel',
      ACME_ORG_NAME: 'Acme',
      ACME_EXPORT_ALL: 'true',
      ACME_API_KEY: 'k$1',
      ACME_INTEGRATION_INSTANCE_ID: 'i-1',
      ACME_INTEGRATION_INSTANCE_NAME: 'a',
      VENDOR_GRAPH_RATE_LIMIT_SOCKET: '/limits',
    });
  });

  it('holds the target of an upload, and no secret of the vendor', () => {
    if (account?.target === undefined) throw new Error('no target');

    expect(syncEnvironment({ ...account, target: account.target }, VENDOR, 'j1-key', WORKER)).toEqual({
      PATH: '/bin',
      https_proxy: 'http://proxy',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel',
      ACME_INTEGRATION_INSTANCE_ID: 'i-1',
      ACME_INTEGRATION_INSTANCE_NAME: 'a',
      JUPITERONE_ACCOUNT: 'j1',
      JUPITERONE_API_KEY: 'j1-key',
      JUPITERONE_API_BASE_URL: 'https://j1',
    });
  });
});
