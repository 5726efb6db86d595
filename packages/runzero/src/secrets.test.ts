import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createIntegrationLogger, executeIntegrationInstance } from '@jupiterone/integration-sdk-runtime';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { runInVirtualTime } from '@vendor-graph/http/testing';
import { startSimulator, type Fault, type Simulator } from '@vendor-graph/simulators';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runZeroIntegration } from './integration.js';

// Whole collections over real sockets; the default is for unit tests on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

/** What the simulator's devices have told the scanner in confidence. */
const CANARIES = [
  'canary-community-$"+/=',
  'canary-cookie-$+/=',
  '<html>canary-page',
  'canary-banner-9f31',
  'canary-foreign-77ab',
];

let simulator: Simulator;
let folder: string;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runzero-secrets-'));
  printed = [];
  const capture = (chunk: unknown): boolean => {
    printed.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(capture);
  vi.spyOn(process.stderr, 'write').mockImplementation(capture);
  // Below the folder, because the runtime removes it.
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', join(folder, 'graph'));
  vi.stubEnv('LOG_LEVEL', 'trace');
});

afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('secrets of devices and of the account', () => {
  it.each([
    ['the fields that are needed', '2025'],
    ['the fields that are needed, from an old console', '2022'],
  ])('show nowhere when the console gives %s', async (_, generation) => {
    simulator = await startSimulator('runzero', { console: generation });
    const secrets = await secretsOf(generation);

    await collect('account-key-export');
    await collect('export-token');

    const traces = await everything();
    expect(traces).toContain('rumble_vulnerability');
    expect(traces).toContain('Starting execution');
    expectClean(traces, secrets);
  });

  it('show nowhere when the console gives everything that it has', async () => {
    simulator = await startSimulator('runzero');
    const secrets = await secretsOf('2025');
    simulator.faults.add({ route: ({ query }) => 'fields' in query, fault: { kind: 'status', status: 400 } });

    await collect('account-key-export');

    const traces = await everything();
    expect(traces).toContain('rumble_service');
    expectClean(traces, secrets);
  });

  it('are there to be found, in what the console gives', async () => {
    simulator = await startSimulator('runzero');
    const token = simulator.credentials['export-token']?.['exportToken'] ?? '';
    const lists = ['assets', 'services', 'software', 'vulnerabilities', 'wireless'];

    const served = await Promise.all(lists.map((list) => get(`/export/org/${list}.jsonl`, token)));

    const text = served.join('');
    expect(CANARIES.filter((canary) => !text.includes(JSON.stringify(canary).slice(1, -1)))).toEqual([]);
  });
});

describe('the credentials', () => {
  const forms = (secret: string): string =>
    `The key ${secret} ${encodeURIComponent(secret)} Bearer ${secret} ${Buffer.from(secret).toString('base64')} is wrong.`;

  it.each<[string, (secret: string) => Fault]>([
    ['a 400 that repeats them', (secret) => ({ kind: 'status', status: 400, body: { error: forms(secret) } })],
    ['a 401 that repeats them', (secret) => ({ kind: 'status', status: 401, body: { error: forms(secret) } })],
    ['a 401 in plain text', (secret) => ({ kind: 'status', status: 401, body: forms(secret) })],
    ['a 403 that repeats them', (secret) => ({ kind: 'status', status: 403, body: { detail: forms(secret) } })],
    ['a 429', (secret) => ({ kind: 'status', status: 429, body: { title: forms(secret) } })],
    ['a 500 in HTML', (secret) => ({ kind: 'status', status: 500, body: `<html><title>${forms(secret)}</title>` })],
    [
      'a redirect that carries them',
      (secret) => ({ kind: 'redirect', location: `https://example.invalid/${secret}?key=${secret}` }),
    ],
    ['a reset', () => ({ kind: 'reset' })],
    ['a body that ends early', () => ({ kind: 'cut', bytes: 20 })],
    ['what is not JSON', (secret) => ({ kind: 'body', body: forms(secret) })],
    ['JSON of another shape', (secret) => ({ kind: 'body', body: JSON.stringify({ [secret]: secret }) })],
    ['lines that are not JSON', (secret) => ({ kind: 'body', body: `{"id": "${secret}\n${secret}` })],
  ])('show nowhere when every answer is %s', async (_, fault) => {
    simulator = await startSimulator('runzero', { console: '2022' });
    const secrets = await secretsOf('2022');
    const [key = '', token = ''] = secrets;

    const restore = simulator.faults.add({ route: '*', fault: fault(key) });
    await collect('default');
    restore();
    simulator.faults.add({ route: '*', fault: fault(token) });
    await collect('export-token', { exportToken: token });

    expectClean(await everything(), secrets);
  });

  it.each<[string, (secret: string) => Fault]>([
    ['refused', (secret) => ({ kind: 'status', status: 401, body: { error: forms(secret) } })],
    ['broken', (secret) => ({ kind: 'status', status: 500, body: { error: forms(secret) } })],
    ['no JSON', (secret) => ({ kind: 'body', body: forms(secret) })],
    ['cut', () => ({ kind: 'cut', bytes: 2_000 })],
  ])('show nowhere when exports with tokens of the account are %s', async (_, fault) => {
    simulator = await startSimulator('runzero', { console: '2022' });
    const secrets = await secretsOf('2022');
    // A token that was harvested, not configured: nobody but the client knows that it is one.
    simulator.faults.add({ route: /\/export\//, fault: fault(secrets[1] ?? '') });

    await collect('default');

    expectClean(await everything(), secrets);
  });

  it('show nowhere when the rest of the configuration is wrong', async () => {
    simulator = await startSimulator('runzero');
    const secrets = await secretsOf('2025');
    const [key = '', token = ''] = secrets;

    await collect('default', { exportToken: token });
    await collect('default', { apiBaseUrl: `https://user:${key}@example.invalid` });
    await collect('default', { accountAPIKey: `${key} ${key}` });
    await collect('default', { exportWithAccountKey: key });

    expectClean(await everything(), secrets);
  });
});

/** The account key, then all tokens that its account knows. */
async function secretsOf(generation: string): Promise<string[]> {
  const key = simulator.credentials['default']?.['accountAPIKey'] ?? '';
  const organizations = JSON.parse(await get('/account/orgs', key)) as Record<string, unknown>[];
  const tokens = organizations.flatMap(({ export_token, download_token }) => [export_token, download_token]);
  const listed =
    generation === '2022'
      ? []
      : await Promise.all(organizations.map(({ id }) => get(`/account/orgs/${String(id)}/exportTokens`, key)));
  const all = [
    ...tokens,
    ...listed.flatMap((list) => (JSON.parse(list) as { token: string }[]).map(({ token }) => token)),
  ];
  const secrets = [key, ...all.filter((token) => typeof token === 'string' && token !== '')] as string[];
  expect(secrets.length).toBeGreaterThan(6);
  return secrets;
}

async function get(path: string, key: string): Promise<string> {
  const answer = await fetch(`${simulator.baseUrl}${path}`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Runs the integration as the runtime does, onto disk, with the most talkative log; an error is printed like a crash. */
async function collect(credentials: string, fields: Record<string, string> = {}): Promise<void> {
  const clock = new VirtualClock(Date.now());
  const integration = runZeroIntegration({ clock });
  const instance = {
    id: 'integration-instance',
    accountId: 'account',
    name: 'runZero',
    description: '',
    integrationDefinitionId: 'definition',
    disabledSources: [],
    config: { ...simulator.credentials[credentials], apiBaseUrl: simulator.baseUrl, ...fields },
  };
  const logger = createIntegrationLogger({ name: 'runzero', invocationConfig: integration });
  logger.on('event', (event) => printed.push(JSON.stringify(event)));
  try {
    await runInVirtualTime(clock, () =>
      executeIntegrationInstance(logger, instance, integration, { current: { startedOn: clock.now() } }),
    );
    printed.push(await filesBelow(folder));
  } catch (error) {
    printed.push(inspect(error, { depth: 20, showHidden: true }));
  }
}

/** All that was printed, and what the last run has written. */
async function everything(): Promise<string> {
  return [...printed, await filesBelow(folder)].join('\n');
}

async function filesBelow(path: string): Promise<string> {
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
  );
  return contents.join('\n');
}

function expectClean(traces: string, secrets: readonly string[]): void {
  const forms = [...CANARIES, ...secrets].flatMap((secret) => {
    const bytes = Buffer.from(secret);
    return [
      secret,
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ];
  });
  expect([...new Set(forms)].filter((form) => traces.includes(form))).toEqual([]);
}
