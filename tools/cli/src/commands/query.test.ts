import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand, type CommandResult } from '../../test-support/run-command.js';
import { writeGraph } from '../../test-support/write-graph.js';

const PROCESS_TIMEOUT_MS = 60_000;

describe('vendor-graph query', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'query-'));
    const user = (key: string, name: string): { _key: string; _type: string; name: string } => ({
      ...{ _key: key, _type: 'acme_user', name },
    });
    writeGraph(join(cwd, 'graph-of-acme'), { entities: [user('1', 'Ann \u001b[31m'), user('2', '=1+1')] });
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const query = (...args: string[]): Promise<CommandResult> =>
    runCommand(['query', '--graph', './graph-of-acme', '--quiet', ...args], { cwd });
  const SQL = 'SELECT _key, name FROM acme_user ORDER BY _key';

  it('answers with a table that is harmless for a terminal', async () => {
    const { code, stdout } = await query(SQL);

    expect(code).toBe(0);
    expect(stdout).toContain('│ 1    │ Ann \\u001b[31m │');
    expect(stdout).toContain('2 rows');
  });

  it('answers with JSON', async () => {
    expect(JSON.parse((await query(SQL, '--json')).stdout)).toEqual([
      { _key: '1', name: 'Ann \u001b[31m' },
      { _key: '2', name: '=1+1' },
    ]);
  });

  it('answers with CSV in which a formula is a text', async () => {
    expect((await query(`${SQL} DESC`, '--csv')).stdout).toMatch(/^_key,name\r\n2,'=1\+1\r\n/);
  });

  it('ends with 1 and the reason when it cannot answer', async () => {
    const { code, stdout, stderr } = await query("SELECT * FROM read_text('/etc/passwd')");

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('disabled by configuration');
  });
});
