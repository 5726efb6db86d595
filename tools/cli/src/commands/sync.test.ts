import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACME_KEY, startAcmeServer, type AcmeServer } from '../../test-support/acme-server.js';
import { filesIn, keysIn } from '../../test-support/graph-files.js';
import { ACME, runCommand, type CommandResult } from '../../test-support/run-command.js';
import type { SyncReport } from '../sync/sync-report.js';

const PROCESS_TIMEOUT_MS = 60_000;
const JUPITERONE_KEY = 'canary-$J1-"k"-+/=';

interface HeldGraph {
  entities: { _key: string }[];
  relationships: { _key: string }[];
}

describe('vendor-graph sync', { timeout: PROCESS_TIMEOUT_MS }, () => {
  /** A graph that was collected once, for all tests that need nothing but a good one. */
  let template: string;
  let cwd: string;
  let graph: string;
  let vendor: AcmeServer;
  let jupiterone: Simulator;
  let env: Record<string, string>;

  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'sync-template-'));
    const server = await startAcmeServer();
    const settings = { ACME_API_KEY: ACME_KEY, ACME_API_BASE_URL: server.url };
    await runCommand(['collect', ACME], { cwd: template, env: settings });
    await server.close();
  }, PROCESS_TIMEOUT_MS);
  afterAll(() => {
    rmSync(template, { recursive: true, force: true });
  });

  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'sync-'));
    graph = join(cwd, 'acme');
    vendor = await startAcmeServer();
    jupiterone = await startSimulator('jupiterone', { apiKey: JUPITERONE_KEY });
    env = {
      ACME_API_KEY: ACME_KEY,
      ACME_API_BASE_URL: vendor.url,
      ACME_INTEGRATION_INSTANCE_ID: 'instance-1',
      JUPITERONE_ACCOUNT: 'simulated-account',
      JUPITERONE_API_KEY: JUPITERONE_KEY,
      JUPITERONE_API_BASE_URL: jupiterone.baseUrl,
    };
  });
  afterEach(async () => {
    await vendor.close();
    await jupiterone.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  const collect = (...args: string[]): Promise<CommandResult> => runCommand(['collect', ACME, ...args], { cwd, env });
  /** Puts the graph of the template where a collection would have put it. */
  const placeGraph = (): void => {
    for (const part of ['graph', 'summary.json', 'vendor-graph.json'])
      cpSync(join(template, 'acme', part), join(graph, part), { recursive: true });
  };
  const sync = (args: readonly string[] = [], more: Record<string, string> = {}): Promise<CommandResult> =>
    runCommand(['sync', ACME, ...args], { cwd, env: { ...env, ...more } });
  const reportOf = ({ stdout }: CommandResult): SyncReport => JSON.parse(stdout) as SyncReport;

  /** Everything that JupiterOne holds of the instance. */
  async function heldKeys(scope = 'integration:instance-1'): Promise<string[]> {
    const headers = { authorization: `Bearer ${JUPITERONE_KEY}`, 'jupiterone-account': 'simulated-account' };
    const answer = await fetch(`${jupiterone.baseUrl}/simulated/graph?scope=${scope}`, { headers });
    const { entities, relationships } = (await answer.json()) as HeldGraph;
    return [...entities, ...relationships].map(({ _key }) => _key).sort();
  }

  const finalizedJobs = (): number => jupiterone.traffic.count(/^POST .*\/finalize$/);

  /** Changes what the graph's own file says about it. */
  function changeState(change: object): void {
    const path = join(graph, 'vendor-graph.json');
    const state = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...state, ...change }));
  }

  it('leaves JupiterOne with exactly what was collected', async () => {
    await collect('--enable-source', 'findings');

    const result = await sync(['--json']);

    expect(result.code).toBe(0);
    expect(await heldKeys()).toEqual(keysIn(graph));
    expect(reportOf(result)).toMatchObject({
      package: 'acme',
      status: 'success',
      entities: { uploaded: 5, created: 5, updated: 0, deleted: 0 },
      relationships: { uploaded: 3, created: 3, updated: 0, deleted: 0 },
      partialTypes: [],
    });
  });

  it('deletes what the vendor no longer has, and nothing else', async () => {
    placeGraph();
    await sync();
    const before = await heldKeys();
    vendor.answers['/users'] = { body: [{ id: '2', name: 'Bob' }] };

    await collect();
    const result = await sync(['--json']);

    expect(reportOf(result)).toMatchObject({ entities: { deleted: 1, updated: 0 }, relationships: { deleted: 1 } });
    expect(await heldKeys()).toEqual(
      before.filter((key) => key !== 'acme_user:1' && key !== 'acme_account:account|has|acme_user:1'),
    );
  });

  it('deletes nothing of the types of a step that was forbidden', async () => {
    placeGraph();
    await sync();
    const before = await heldKeys();
    vendor.answers['/users'] = { status: 403, body: { message: 'not for you' } };

    expect((await collect()).code).toBe(2);
    const result = await sync(['--json']);

    expect(result.code).toBe(0);
    expect(reportOf(result).partialTypes).toEqual(
      expect.arrayContaining(['acme_account_has_user', 'acme_user']) as string[],
    );
    expect(await heldKeys()).toEqual(before);
  });

  it.each([
    [[], true],
    [['--delete-disabled'], false],
  ])('keeps what a source brought that is off now, unless told otherwise (%j)', async (args, isKept) => {
    await collect('--enable-source', 'findings');
    await sync();

    await collect();
    const result = await sync(args);

    expect(result.code).toBe(0);
    expect((await heldKeys()).includes('acme_finding:f')).toBe(isKept);
  });

  it.each([
    ['of an interrupted run', { status: 'interrupted' }, /was interrupted/],
    ['of a run that died', { status: 'running' }, /did not end/],
    ['of a failed run', { status: 'failure' }, /did not end/],
  ])('refuses a graph %s and sends nothing', async (_what, state, words) => {
    placeGraph();
    changeState(state);

    const result = await sync();

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(words);
    expect(result.stderr).toContain('vendor-graph collect acme');
    expect(jupiterone.traffic.count()).toBe(0);
  });

  it.each(['--step', '--skip'])('refuses a graph that %s limited, and sends nothing', async (option) => {
    await collect(option, 'fetch-users');

    const result = await sync();

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/limited by --step or --skip[^]*vendor-graph collect acme/);
    expect(jupiterone.traffic.count()).toBe(0);
  });

  it('refuses a graph without its summary', async () => {
    placeGraph();
    rmSync(join(graph, 'summary.json'));

    const result = await sync();

    expect(result.code).toBe(1);
    expect(jupiterone.traffic.count()).toBe(0);
  });

  it('refuses when nothing was collected', async () => {
    const result = await sync();

    expect(result.code).toBe(1);
    expect(result.stderr).toContain('there is no collected graph');
  });

  it('uploads simulated data to this machine only', async () => {
    placeGraph();
    changeState({ simulated: true });

    const elsewhere = await sync([], { JUPITERONE_API_BASE_URL: 'https://api.us.jupiterone.io' });
    const here = await sync();

    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stderr).toContain('collected from a simulator');
    expect(here.code).toBe(0);
    expect(here.stdout).toContain('(simulated data)');
  });

  it('names everything that is missing at once', async () => {
    placeGraph();

    const result = await sync([], {
      JUPITERONE_ACCOUNT: '',
      JUPITERONE_API_KEY: ' ',
      JUPITERONE_API_BASE_URL: 'ftp://x',
    });

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(
      /JUPITERONE_API_BASE_URL\) must begin with https[^]*JUPITERONE_ACCOUNT[^]*JUPITERONE_API_KEY/,
    );
  });

  it.each([
    ['the instance', [], { ACME_INTEGRATION_INSTANCE_ID: '' }, /Set ACME_INTEGRATION_INSTANCE_ID/],
    ['the scope', ['--source', 'api'], {}, /--source api needs --scope/],
  ])('asks for %s when it is not known', async (_what, args, more, words) => {
    placeGraph();

    const result = await sync(args, more);

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(words);
  });

  it('uploads for a scope of the user too', async () => {
    placeGraph();

    const result = await sync(['--source', 'api', '--scope', 'mine']);

    expect(result.code).toBe(0);
    expect(await heldKeys('api:mine')).toEqual(keysIn(graph));
  });

  it.each([
    ['the key is wrong', { JUPITERONE_API_KEY: 'wrong' }, /The API key is not valid[^]*Nothing was uploaded/],
    ['the account is another', { JUPITERONE_ACCOUNT: 'other' }, /does not belong to the account/],
  ])('exits with 1 when %s', async (_what, more, words) => {
    placeGraph();

    const result = await sync([], more);

    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(words);
  });

  it('aborts when an upload stays impossible: JupiterOne is as it was', async () => {
    placeGraph();
    jupiterone.faults.add({
      route: /^POST .*\/relationships$/,
      // An answer that the SDK does not try again.
      fault: { kind: 'status', status: 400, body: { error: { code: 'JOB_NOT_AWAITING_UPLOADS', message: 'ended' } } },
    });

    const result = await sync();

    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/The upload was aborted and JupiterOne is as it was/);
    expect(finalizedJobs()).toBe(0);
    expect(jupiterone.traffic.count(/^POST .*\/abort$/)).toBe(1);
    expect(await heldKeys()).toEqual([]);
  });

  it('tries again when an upload fails once', async () => {
    placeGraph();
    jupiterone.faults.add({ route: /^POST .*\/entities$/, times: 1, fault: { kind: 'status', status: 503 } });

    const result = await sync();

    expect(result.code).toBe(0);
    expect(await heldKeys()).toEqual(keysIn(graph));
  });

  it('shows what would change and sends nothing', async () => {
    placeGraph();
    const first = await sync(['--dry-run']);
    expect(first.stdout).toMatch(/compared with nothing/);
    expect(jupiterone.traffic.count()).toBe(0);
    await sync();
    vendor.answers['/users'] = {
      body: [
        { id: '2', name: 'Robert' },
        { id: '3', name: 'Cleo' },
      ],
    };
    await collect();
    const sent = jupiterone.traffic.count();

    const result = await sync(['--dry-run', '--json']);

    expect(jupiterone.traffic.count()).toBe(sent);
    expect(reportOf(result)).toMatchObject({ dryRun: true, comparedWith: 'the last upload' });
    expect(reportOf(result).changes).toEqual([
      { type: 'acme_user', kind: 'entities', create: 1, update: 1, delete: 1, keep: 0 },
      { type: 'acme_account_has_user', kind: 'relationships', create: 1, update: 0, delete: 1, keep: 0 },
    ]);
  });

  it('knows in a dry run that partial types are kept', async () => {
    placeGraph();
    await sync();
    vendor.answers['/users'] = { status: 403, body: {} };
    await collect();

    expect(reportOf(await sync(['--dry-run', '--json'])).changes).toEqual([
      { type: 'acme_user', kind: 'entities', create: 0, update: 0, delete: 0, keep: 2 },
      { type: 'acme_account_has_user', kind: 'relationships', create: 0, update: 0, delete: 0, keep: 2 },
    ]);
  });

  it('compares with another graph when asked to', async () => {
    await collect('--out', 'earlier');
    vendor.answers['/assets'] = { body: [] };
    await collect();

    const result = await sync(['--dry-run', '--json', '--against', 'earlier']);

    expect(reportOf(result).changes).toMatchObject([
      { type: 'acme_asset', delete: 1 },
      { type: 'acme_asset_is_server', delete: 1 },
    ]);
  });

  it('shows the key nowhere, at the most talkative level, in success and in failure', async () => {
    placeGraph();
    jupiterone.faults.add({
      route: /^POST .*\/entities$/,
      times: 2,
      fault: { kind: 'status', status: 400, body: { error: { code: 'X', message: `bad ${JUPITERONE_KEY}` } } },
    });

    const results = [
      await sync(['--log-level', 'trace']),
      await sync(['--log-level', 'trace', '--log-format', 'json', '--json']),
      await sync(['--log-level', 'trace'], { JUPITERONE_API_BASE_URL: 'http://127.0.0.1:1' }),
    ];

    const written = [...results.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...Object.values(filesIn(graph))];
    const forms = [
      JUPITERONE_KEY,
      JSON.stringify(JUPITERONE_KEY).slice(1, -1),
      encodeURIComponent(JUPITERONE_KEY),
      Buffer.from(JUPITERONE_KEY).toString('base64'),
      Buffer.from(JUPITERONE_KEY).toString('hex'),
    ];
    for (const form of forms) expect(written.join('\n')).not.toContain(form);
  });
});
