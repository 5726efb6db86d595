import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACME_KEY, startAcmeServer, type AcmeServer } from '../../test-support/acme-server.js';
import { ACME, runCommand, startCommand } from '../../test-support/run-command.js';
import type { CheckReport } from '../check/check-report.js';

const PROCESS_TIMEOUT_MS = 60_000;

describe('vendor-graph check', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  let server: AcmeServer;
  let env: Record<string, string>;

  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'check-'));
    server = await startAcmeServer();
    env = { ACME_API_KEY: ACME_KEY, ACME_API_BASE_URL: server.url };
  });
  afterEach(async () => {
    await server.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  async function check(more: Record<string, string> = {}): Promise<{ code: number | null; report: CheckReport }> {
    const { code, stdout } = await runCommand(['check', ACME, '--json'], { cwd, env: { ...env, ...more } });
    return { code, report: JSON.parse(stdout) as CheckReport };
  }

  const results = ({ checks }: CheckReport): Record<string, string> =>
    Object.fromEntries(checks.map(({ check: name, status }) => [name, status]));

  it('finds everything in order, and writes nothing', async () => {
    const { code, report } = await check();

    expect(code).toBe(0);
    expect(report).toMatchObject({ package: 'acme', status: 'success', simulated: false });
    expect(results(report)).toEqual({
      configuration: 'ok',
      'name resolution': 'ok',
      connection: 'ok',
      clock: 'ok',
      credentials: 'ok',
      'step fetch-account': 'ok',
      'step fetch-users': 'ok',
      'step fetch-assets': 'ok',
      'step fetch-findings': 'off',
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('needs about one request for each step', async () => {
    const { report } = await check();

    expect(server.requests.filter((path) => path !== '/').sort()).toEqual([
      '/account',
      '/account',
      '/assets',
      '/users',
    ]);
    expect(report.http.requests).toBe(4);
  });

  it.each<[string, AcmeServer['answers'], Record<string, string>, Record<string, string>, RegExp]>([
    [
      'a value is missing',
      {},
      { ACME_API_KEY: '' },
      { configuration: 'failed' },
      /apiKey is missing: set ACME_API_KEY/,
    ],
    [
      'the credentials are refused',
      {},
      { ACME_API_KEY: 'wrong-key' },
      { configuration: 'ok', connection: 'ok', credentials: 'failed' },
      /Check ACME_API_KEY/,
    ],
    [
      'the server is down',
      {},
      { ACME_API_BASE_URL: 'http://127.0.0.1:1' },
      { configuration: 'ok', 'name resolution': 'ok', connection: 'failed', clock: 'unknown', credentials: 'unknown' },
      /ECONNREFUSED/,
    ],
    [
      'a step may not read',
      { '/users': { status: 403, body: { message: 'not for you' } } },
      {},
      { credentials: 'ok', 'step fetch-account': 'ok', 'step fetch-users': 'failed', 'step fetch-assets': 'ok' },
      /403/,
    ],
    [
      'what other steps need may not be read',
      { '/account': { status: 403, body: {} } },
      {},
      { credentials: 'failed' },
      /403/,
    ],
  ])('exits with 1 when %s', async (_case, answers, more, expected, words) => {
    Object.assign(server.answers, answers);

    const { code, report } = await check(more);

    expect(code).toBe(1);
    expect(report.status).toBe('failure');
    expect(results(report)).toMatchObject(expected);
    expect(JSON.stringify(report)).toMatch(words);
    expect(JSON.stringify(report)).not.toContain(ACME_KEY);
  });

  it('is a table for people', async () => {
    const { stdout } = await runCommand(['check', ACME], { cwd, env });

    expect(stdout).toMatch(/^acme: can be collected \(4 requests, /);
    expect(stdout).toMatch(
      /│ step fetch-findings +│ off +│ its ingestion source findings is off \(--enable-source\) +│/,
    );
  });

  it('checks several vendors, and exits with the worst', async () => {
    const { code, stdout } = await runCommand(['check', ACME, './missing', '--json'], { cwd, env });

    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failure',
      packages: [
        { package: 'acme', status: 'success', http: { requests: 4 } },
        { package: 'missing', status: 'failure' },
      ],
    });
    expect(code).toBe(1);
  });

  it('can be interrupted', async () => {
    server.answers['/users'] = 'hang';
    const asked = server.requested('/users');
    const { child, result } = startCommand(['check', ACME, '--json'], { cwd, env });
    await asked;

    child.kill('SIGINT');

    expect((await result).code).toBe(130);
    expect(existsSync(join(cwd, 'acme'))).toBe(false);
  });
});
