import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACME_KEY, startAcmeServer, type AcmeServer } from '../../test-support/acme-server.js';
import { filesIn, keysIn } from '../../test-support/graph-files.js';
import { ACME, runCommand, startCommand, type CommandResult } from '../../test-support/run-command.js';
import type { CollectReport, JointReport } from '../collect/collect-report.js';
import { readGraphState } from '../graph-folder/graph-state.js';

const PROCESS_TIMEOUT_MS = 60_000;

const ALL_KEYS = [
  'acme_account:account',
  'acme_account:account|has|acme_user:1',
  'acme_account:account|has|acme_user:2',
  'acme_asset:a',
  'acme_asset:a|is|server',
  'acme_user:1',
  'acme_user:2',
];

describe('vendor-graph collect', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  let server: AcmeServer;
  let env: Record<string, string>;
  /** Where the graph of the vendor goes. */
  let graph: string;

  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'collect-'));
    graph = join(cwd, 'acme');
    server = await startAcmeServer();
    env = { ACME_API_KEY: ACME_KEY, ACME_API_BASE_URL: server.url };
  });
  afterEach(async () => {
    await server.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  const collect = (args: readonly string[] = [], more: Record<string, string> = {}): Promise<CommandResult> =>
    runCommand(['collect', ACME, ...args], { cwd, env: { ...env, ...more } });

  const reportOf = ({ stdout }: CommandResult): CollectReport => JSON.parse(stdout) as CollectReport;

  interface Situation {
    args?: readonly string[];
    env?: Record<string, string>;
    answers?: AcmeServer['answers'];
    before?: () => void;
    code: number;
    says: RegExp[];
  }

  it.each<[string, Situation]>([
    ['everything is collected', { code: 0, says: [/acme: collected in/, /Graph: acme/] }],
    ['only some steps are wanted', { args: ['--step', 'fetch-users'], code: 0, says: [/fetch-assets\s+│ off/] }],
    [
      'nothing is configured',
      {
        env: { ACME_API_KEY: '', ACME_API_BASE_URL: '' },
        code: 1,
        says: [
          /apiKey is missing: set ACME_API_KEY\. Create one under Acme > Settings > API\./,
          /apiBaseUrl is missing: set ACME_API_BASE_URL/,
          /vendor-graph collect acme --simulate/,
        ],
      },
    ],
    [
      'the base URL is neither https nor on loopback',
      { env: { ACME_API_BASE_URL: 'http://203.0.113.9/' }, code: 1, says: [/apiBaseUrl must begin with https/] },
    ],
    [
      'the credentials are refused',
      { env: { ACME_API_KEY: 'wrong-key' }, code: 1, says: [/401/, /Check ACME_API_KEY: Acme > Settings > API\./] },
    ],
    [
      'the vendor cannot be reached',
      { env: { ACME_API_BASE_URL: 'http://127.0.0.1:1' }, code: 1, says: [/127\.0\.0\.1:1\b/, /refused/i] },
    ],
    [
      'one resource is forbidden',
      {
        answers: { '/users': { status: 403, body: { message: 'not for you' } } },
        code: 2,
        says: [/acme: collected in part/, /fetch-users failed: .*403/],
      },
    ],
    [
      'one resource is forbidden and that is fine',
      { args: ['--allow-partial'], answers: { '/users': { status: 403, body: {} } }, code: 0, says: [/in part/] },
    ],
    [
      'a resource stays broken after all retries',
      { answers: { '/assets': { status: 500, body: {} } }, code: 2, says: [/fetch-assets failed: .*500/] },
    ],
    ['a connection is cut', { answers: { '/users': 'reset' }, code: 2, says: [/fetch-users failed: /] }],
    [
      'the graph cannot be written',
      {
        before: () => {
          writeFileSync(graph, 'a file');
        },
        code: 1,
        says: [/The graph cannot be written to .*acme \(E\w+\)\. Name another folder by --out\./],
      },
    ],
    [
      'a step is misspelt',
      { args: ['--step', 'fetch-user'], code: 1, says: [/no step "fetch-user"\. Did you mean fetch-users\?/] },
    ],
    [
      'an ingestion source is misspelt',
      { args: ['--disable-source', 'asset'], code: 1, says: [/no ingestion source "asset"\. Did you mean assets\?/] },
    ],
    ['there is no simulator for the vendor', { args: ['--simulate'], code: 1, says: [/no simulator for "acme"/i] }],
    ['an option is misspelt', { args: ['--jsn'], code: 1, says: [/unknown option '--jsn'/, /Did you mean --json\?/] }],
    [
      'a log level does not exist',
      { args: ['--log-level', 'loud'], code: 1, says: [/Allowed choices are trace, debug/] },
    ],
  ])('when %s, exits accordingly and says so', async (_situation, { args, answers, before, code, says, ...rest }) => {
    Object.assign(server.answers, answers);
    before?.();

    const result = await collect(args, rest.env);

    for (const words of says) expect(result.stdout + result.stderr).toMatch(words);
    expect(result.code).toBe(code);
  });

  it.each([
    ['a vendor does not exist', ['collect', 'nobody'], 1, /no vendor package "nobody"/],
    ['no vendor is named', ['collect'], 1, /no vendor package here|Which vendor\?/],
    ['a folder holds no package', ['collect', './nothing'], 1, /There is no package in .*nothing/],
    ['a command is misspelt', ['colect', 'acme'], 1, /unknown command 'colect'\n\(Did you mean collect\?\)/],
    ['help is asked for', ['collect', '--help'], 0, /Examples:/],
    ['the version is asked for', ['--version'], 0, /^\d+\.\d+\.\d+/],
  ])('when %s, exits accordingly', async (_situation, args, code, words) => {
    const result = await runCommand(args, { cwd });

    expect(result.stdout + result.stderr).toMatch(words);
    expect(result.code).toBe(code);
  });

  it('refuses a package that is not a vendor', async () => {
    writeFileSync(join(cwd, 'package.json'), '{"name": "other", "main": "./main.cjs"}');
    writeFileSync(join(cwd, 'main.cjs'), 'exports.something = 1;');

    const result = await runCommand(['collect', '.'], { cwd });

    expect(result.stderr).toContain('other is not a vendor package: it exports no "invocationConfig".');
    expect(result.code).toBe(1);
  });

  it('writes the graph in the layout of the SDK', async () => {
    await collect();

    expect(keysIn(graph)).toEqual(ALL_KEYS);
    expect(existsSync(join(graph, 'index', 'entities', 'acme_user'))).toBe(true);
    expect(
      Object.keys(filesIn(graph))
        .filter((file) => !/^(graph|index)\//.test(file))
        .sort(),
    ).toEqual(['summary.json', 'vendor-graph.json']);
  });

  it('writes exactly one JSON document to stdout', async () => {
    server.answers['/users'] = { status: 403, body: { message: 'not for you' } };

    const result = await collect(['--json']);

    const report = reportOf(result);
    expect(report).toEqual({
      package: 'acme',
      status: 'partial',
      simulated: false,
      durationMs: expect.any(Number) as number,
      entities: { acme_account: 1, acme_asset: 1 },
      relationships: {},
      mappedRelationships: { acme_asset_is_server: 1 },
      steps: [
        { id: 'fetch-account', status: 'success', durationMs: expect.any(Number) as number },
        {
          id: 'fetch-users',
          status: 'failure',
          durationMs: expect.any(Number) as number,
          error: expect.stringContaining('403') as string,
        },
        { id: 'fetch-assets', status: 'success', durationMs: expect.any(Number) as number },
        { id: 'fetch-findings', status: 'disabled', durationMs: 0 },
      ].sort(
        (a, b) => report.steps.findIndex(({ id }) => id === a.id) - report.steps.findIndex(({ id }) => id === b.id),
      ),
      http: { requests: 4, retries: 0, rateLimitWaitMs: 0, bytes: expect.any(Number) as number },
      graph,
    });
    expect(report.steps).toHaveLength(4);
    expect(result.code).toBe(2);
  });

  it('says on disk what is partial, and why', async () => {
    server.answers['/users'] = { status: 403, body: {} };

    await collect();

    const state = readGraphState(graph);
    expect(state).toMatchObject({
      status: 'partial',
      package: 'acme',
      version: '1.2.3',
      simulated: false,
      filtered: false,
      instance: { id: 'local-integration-instance', name: 'Local Integration' },
      partialTypes: ['acme_user', 'acme_account_has_user'],
      disabledTypes: ['acme_finding'],
    });
    const summary = JSON.parse(readFileSync(join(graph, 'summary.json'), 'utf8')) as { metadata: unknown };
    expect(summary.metadata).toEqual({
      partialDatasets: { types: ['acme_user', 'acme_account_has_user', 'acme_finding'] },
      simulated: false,
      filtered: false,
    });
  });

  it('marks a run of some steps, and protects the types of the others from other tools', async () => {
    await collect(['--skip', 'fetch-users']);

    expect(readGraphState(graph)).toMatchObject({ filtered: true, partialTypes: [], disabledTypes: ['acme_finding'] });
    const summary = JSON.parse(readFileSync(join(graph, 'summary.json'), 'utf8')) as {
      metadata: { partialDatasets: { types: string[] } };
    };
    expect(summary.metadata.partialDatasets.types.sort()).toEqual([
      'acme_account_has_user',
      'acme_finding',
      'acme_user',
    ]);
  });

  it.each([
    ['a wrong key', { ACME_API_KEY: 'wrong-key' }],
    ['a vendor that is down', { ACME_API_BASE_URL: 'http://127.0.0.1:1' }],
    ['a missing value', { ACME_API_KEY: '' }],
  ])('leaves the previous graph as it was after %s', async (_cause, wrong) => {
    await collect();
    const before = filesIn(graph);

    const result = await collect([], wrong);

    expect(result.code).toBe(1);
    expect(filesIn(graph)).toEqual(before);
  });

  it('leaves no folder behind when there is nothing to put into it', async () => {
    await collect([], { ACME_API_KEY: 'wrong-key' });

    expect(existsSync(graph)).toBe(false);
  });

  it('replaces the previous graph, and nothing else in the folder', async () => {
    await collect(['--out', 'out']);
    writeFileSync(join(cwd, 'out', 'notes.txt'), 'mine');
    server.answers['/users'] = { body: [{ id: '1', name: 'Ann' }] };

    await collect(['--out', 'out']);

    expect(keysIn(join(cwd, 'out'))).toEqual(ALL_KEYS.filter((key) => !key.endsWith('acme_user:2')));
    expect(readFileSync(join(cwd, 'out', 'notes.txt'), 'utf8')).toBe('mine');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 and no summary on %s', async (signal) => {
    await collect();
    server.answers['/users'] = 'hang';
    const asked = server.requested('/users');
    const { child, result } = startCommand(['collect', ACME, '--json'], { cwd, env });
    await asked;

    child.kill(signal);
    const interrupted = await result;

    expect(interrupted.code).toBe(130);
    expect(reportOf(interrupted)).toMatchObject({ package: 'acme', status: 'interrupted' });
    expect(reportOf(interrupted).steps).toContainEqual({
      id: 'fetch-users',
      status: 'interrupted',
      durationMs: expect.any(Number) as number,
    });
    expect(existsSync(join(graph, 'summary.json'))).toBe(false);
    expect(readGraphState(graph)?.status).toBe('interrupted');
  });

  it('can be interrupted while it checks the credentials, with the previous graph as it was', async () => {
    await collect();
    const before = filesIn(graph);
    server.answers['/account'] = 'hang';
    const asked = server.requested('/account');
    const { child, result } = startCommand(['collect', ACME, '--json'], { cwd, env });
    await asked;

    child.kill('SIGINT');

    expect((await result).code).toBe(130);
    expect(filesIn(graph)).toEqual(before);
  });

  it('collects completely after a run that was killed', async () => {
    await collect();
    server.answers['/users'] = 'hang';
    const asked = server.requested('/users');
    const { child, result } = startCommand(['collect', ACME], { cwd, env });
    await asked;
    child.kill('SIGKILL');
    await result;
    const summaryAfterKill = existsSync(join(graph, 'summary.json'));
    const stateAfterKill = readGraphState(graph)?.status;
    server.answers['/users'] = { body: [{ id: '1', name: 'Ann' }] };

    const again = await collect();

    expect(summaryAfterKill).toBe(false);
    expect(stateAfterKill).toBe('running');
    expect(again.code).toBe(0);
    expect(keysIn(graph)).toEqual(ALL_KEYS.filter((key) => !key.endsWith('acme_user:2')));
    expect(existsSync(join(graph, '.collecting'))).toBe(false);
  });

  it('does not let two runs write the same graph', async () => {
    server.answers['/users'] = 'hang';
    const asked = server.requested('/users');
    const { child, result } = startCommand(['collect', ACME], { cwd, env });
    await asked;

    const second = await collect();
    child.kill('SIGINT');
    await result;

    expect(second.stderr).toMatch(/Another run \(process \d+ on .*\) is collecting into .*acme/);
    expect(second.code).toBe(1);
  });

  it('reads the environment file, warns when others can read it, and sends a $ as it is', async () => {
    mkdirSync(graph);
    writeFileSync(join(graph, '.env'), `API_KEY=${ACME_KEY}\n`, { mode: 0o644 });

    const result = await runCommand(['collect', ACME], {
      cwd,
      env: { ACME_API_BASE_URL: server.url, API_KEY: 'of-another-vendor' },
    });

    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/warn: .*\.env can be read by other users of this machine: chmod 600/);
  });

  it('tags every entity with the name of the instance', async () => {
    await collect(['--tag-account-name'], { ACME_INTEGRATION_INSTANCE_NAME: 'Production' });

    const entities = Object.entries(filesIn(join(graph, 'graph')))
      .filter(([path]) => path.includes('/entities/'))
      .flatMap(([, content]) => (JSON.parse(content) as { entities: Record<string, unknown>[] }).entities);
    expect(entities.map((entity) => entity['tag.AccountName'])).toEqual(Array(4).fill('Production'));
  });

  it.each([
    ['by default', [], {}, ['acme_account', 'acme_asset', 'acme_user']],
    [
      'when one is switched on',
      ['--enable-source', 'findings'],
      {},
      ['acme_account', 'acme_asset', 'acme_finding', 'acme_user'],
    ],
    ['when one is switched off', ['--disable-source', 'assets'], {}, ['acme_account', 'acme_user']],
    [
      'when the environment switches them',
      [],
      { ACME_ENABLED_SOURCES: 'findings', ACME_DISABLED_SOURCES: 'assets' },
      ['acme_account', 'acme_finding', 'acme_user'],
    ],
  ])('collects the ingestion sources %s', async (_when, args, more, types) => {
    const result = await collect(['--json', ...args], more);

    expect(Object.keys(reportOf(result).entities)).toEqual(types);
  });

  it('writes logs and progress as lines of JSON on request', async () => {
    const { stderr } = await collect(['--log-format', 'json', '--log-level', 'info']);

    const records = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { vendor: string; event?: string; step?: string });
    expect(records.every(({ vendor }) => vendor === 'acme')).toBe(true);
    expect(records.map(({ event }) => event).filter((event) => event === 'step-end')).toHaveLength(3);
  });

  it('is silent on request', async () => {
    const result = await collect(['--quiet']);

    expect(result).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  it('collects several vendors at the same time, and exits with the worst', async () => {
    writeFileSync(join(cwd, 'package.json'), '{"name": "broken", "main": "./main.cjs"}');
    writeFileSync(join(cwd, 'main.cjs'), 'throw new Error("cannot be loaded");');

    const result = await runCommand(['collect', ACME, cwd, '--json', '--out', 'graphs'], { cwd, env });

    const { status, packages } = JSON.parse(result.stdout) as JointReport;
    expect(status).toBe('failure');
    expect(packages).toMatchObject([
      { package: 'acme', status: 'success', entities: { acme_user: 2 }, graph: join(cwd, 'graphs', 'acme') },
      { status: 'failure' },
    ]);
    expect(result.stderr).toContain('acme fetch-users: done, 4 objects');
    expect(result.stderr).toContain('cannot be loaded');
    expect(result.code).toBe(1);
  });

  it('interrupts the processes of several vendors', async () => {
    server.answers['/users'] = 'hang';
    const asked = server.requested('/users');
    const { child, result } = startCommand(['collect', ACME, join(cwd, 'missing'), '--json'], { cwd, env });
    await asked;

    child.kill('SIGINT');

    const { code, stdout } = await result;
    expect(code).toBe(130);
    expect((JSON.parse(stdout) as JointReport).status).toBe('interrupted');
    expect(readGraphState(graph)?.status).toBe('interrupted');
  });

  it('tells GitHub Actions what happened', async () => {
    server.answers['/users'] = { status: 403, body: { message: ACME_KEY } };
    const file = join(cwd, 'step-summary.md');

    const { stderr } = await collect([], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });

    expect(stderr).toMatch(/^::error title=acme fetch-users::.*403/m);
    expect(readFileSync(file, 'utf8')).toMatch(/\| acme \| collected in part \|/);
    expect(readFileSync(file, 'utf8')).not.toContain(ACME_KEY);
  });

  describe('keeps secrets', () => {
    const KEY_FORMS = [
      ACME_KEY,
      JSON.stringify(ACME_KEY).slice(1, -1),
      encodeURIComponent(ACME_KEY),
      Buffer.from(ACME_KEY).toString('hex'),
      Buffer.from(ACME_KEY).toString('base64'),
    ];
    const SECOND_SECRET = 'second canary\n$(x) "+/=';

    it.each<[string, AcmeServer['answers'], Record<string, string>]>([
      ['when all goes well', {}, {}],
      ['when the credentials are refused and echoed', {}, { ACME_API_KEY: `${ACME_KEY}x` }],
      ['when a vendor echoes them in an error', { '/users': { status: 403, body: { message: ACME_KEY } } }, {}],
      ['when a vendor echoes them encoded', { '/users': { status: 500, body: { message: KEY_FORMS.join(' ') } } }, {}],
      ['when a vendor echoes them in its data', { '/users': { body: { length: 0, key: ACME_KEY } } }, {}],
      ['when a connection is cut', { '/users': 'reset' }, {}],
      ['when the vendor is down', {}, { ACME_API_BASE_URL: 'http://127.0.0.1:1' }],
      ['when they are in the base URL', {}, { ACME_API_BASE_URL: `https://user:${ACME_KEY}@127.0.0.1/` }],
    ])('%s', async (_when, answers, more) => {
      Object.assign(server.answers, answers);

      const secrets = { ACME_SIGNING_SECRET: SECOND_SECRET, ...more };
      const pretty = await collect(['--log-level', 'trace'], secrets);
      const json = await collect(['--log-level', 'trace', '--log-format', 'json', '--json', '--out', 'out'], secrets);

      const written = [pretty.stdout, pretty.stderr, json.stdout, json.stderr, ...Object.values(filesIn(cwd))].join(
        '\n',
      );
      expect(written.length).toBeGreaterThan(100);
      for (const form of [...KEY_FORMS, SECOND_SECRET, 'second canary']) expect(written).not.toContain(form);
    });

    it('when a package throws where nobody catches', async () => {
      writeFileSync(join(cwd, 'package.json'), '{"name": "acme", "main": "./main.cjs"}');
      writeFileSync(
        join(cwd, 'main.cjs'),
        `exports.invocationConfig = {
          instanceConfigFields: { apiKey: { type: 'string', mask: true } },
          integrationSteps: [],
          validateInvocation: ({ instance }) => new Promise(() => {
            console.log('printed', instance.config.apiKey);
            setImmediate(() => { throw new Error('thrown ' + instance.config.apiKey); });
          }),
        };`,
      );

      const { code, stdout, stderr } = await runCommand(['collect', '.'], { cwd, env });

      expect(code).toBe(1);
      expect(stderr).toContain('printed [REDACTED]');
      expect(stderr).toContain('unexpected Error: thrown [REDACTED]');
      expect(stdout + stderr).not.toContain(ACME_KEY);
    });
  });

  it('shows escape sequences of a vendor instead of obeying them', async () => {
    server.answers['/users'] = { status: 403, body: { message: 'no\u001b]0;owned\u0007\u009b2J' } };
    server.answers['/assets'] = { body: [{ id: 'a', name: '\u001b[31mred' }] };

    const { stdout, stderr } = await collect(['--log-level', 'trace']);

    for (const dangerous of ['\u0007', '\u009b', '\u001b]', '\u001b[31m'])
      expect(stdout + stderr).not.toContain(dangerous);
    expect(stdout + stderr).toContain('owned');
  });
});
