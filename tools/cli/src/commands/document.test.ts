import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACME, runCommand, type CommandResult } from '../../test-support/run-command.js';

const PROCESS_TIMEOUT_MS = 60_000;
const EMPTY_PAGE = '# Acme\n\n<!-- {J1_DOCUMENTATION_MARKER_START} -->\n<!-- {J1_DOCUMENTATION_MARKER_END} -->\n';

describe('vendor-graph document', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  let page: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'document-'));
    page = join(cwd, 'docs', 'jupiterone.md');
    const manifest = { name: '@vendor-graph/acme', version: '1.0.0', type: 'module', exports: './index.js' };
    mkdirSync(join(cwd, 'docs'));
    writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
    writeFileSync(
      join(cwd, 'index.js'),
      `export * from ${JSON.stringify(pathToFileURL(join(ACME, 'index.js')).href)};`,
    );
    writeFileSync(page, EMPTY_PAGE);
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const document = (...args: string[]): Promise<CommandResult> => runCommand(['document', './', ...args], { cwd });

  it('writes tables with which it agrees from then on', async () => {
    const { code } = await document();

    expect(code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('| Account   | `acme_account` | `Account`       |');
    expect((await document('--check')).code).toBe(0);
  });

  it('fails with the line and the remedy when a table was edited by hand, and changes nothing', async () => {
    await document();
    const edited = readFileSync(page, 'utf8').replace('| `acme_user`    |', '| `acme_person`  |');
    writeFileSync(page, edited);

    const { code, stderr } = await document('--check');

    expect(code).toBe(1);
    expect(stderr).toContain('is:        | User      | `acme_person`  | `User`          |');
    expect(stderr).toContain('should be: | User      | `acme_user`    | `User`          |');
    expect(stderr).toContain('Run: vendor-graph document ./');
    expect(readFileSync(page, 'utf8')).toBe(edited);
  });

  it('asks for the markers where a page has none', async () => {
    writeFileSync(page, '# Acme\n');

    const { code, stderr } = await document();

    expect(code).toBe(1);
    expect(stderr).toContain('docs/jupiterone.md needs these two lines once');
  });
});
