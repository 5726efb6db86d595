import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../test-support/run-command.js';
import { writeGraph } from '../../test-support/write-graph.js';

const PROCESS_TIMEOUT_MS = 60_000;

describe('vendor-graph diff', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'diff-'));
    const user = (name: string): { _key: string; _type: string; name: string } => ({
      _key: 'user:1',
      _type: 'acme_user',
      name,
    });
    writeGraph(join(cwd, 'before'), { entities: [user('Ann')] });
    writeGraph(join(cwd, 'after'), {
      entities: [user('A\u001b[31mnna')],
      state: { status: 'partial', partialTypes: ['acme_asset'] },
    });
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  it('shows the changed property alone, harmless for a terminal, and what is incomplete', async () => {
    const { code, stdout } = await runCommand(['diff', 'before', 'after'], { cwd });

    expect(code).toBe(0);
    expect(stdout).toContain('~ user:1: name "Ann" -> "A\\u001b[31mnna"');
    expect(stdout).toContain(`Beware, ${join(cwd, 'after')}: incomplete: acme_asset`);
  });

  it('says that a graph does not differ from itself', async () => {
    const { stdout } = await runCommand(['diff', 'before', 'before'], { cwd });

    expect(stdout).toBe(`${join(cwd, 'before')} -> ${join(cwd, 'before')}: no difference\n`);
  });

  it('writes one JSON document', async () => {
    const { stdout } = await runCommand(['diff', 'before', 'after', '--json'], { cwd });

    expect(JSON.parse(stdout)).toMatchObject({
      before: { package: 'acme', graph: join(cwd, 'before'), simulated: false },
      equal: false,
      types: [{ type: 'acme_user', kind: 'entities', added: [], removed: [], changed: [{ key: 'user:1' }] }],
    });
  });

  it('ends with 1 and says what to do when there is no graph', async () => {
    const { code, stdout, stderr } = await runCommand(['diff', 'before', 'nowhere'], { cwd });

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('There is no vendor package "nowhere" here.');
  });
});
