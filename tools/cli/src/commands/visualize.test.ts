import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACME, runCommand, type CommandResult } from '../../test-support/run-command.js';
import { writeGraph } from '../../test-support/write-graph.js';
import type { PageData } from '../visualize/page-data.js';

const PROCESS_TIMEOUT_MS = 60_000;

describe('vendor-graph visualize', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'visualize-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const visualize = (args: readonly string[], env = {}): Promise<CommandResult> =>
    runCommand(['visualize', ...args], { cwd, env });
  const dataOf = (path: string): PageData =>
    JSON.parse(/id="page-data">(.*)<\/script>/.exec(readFileSync(path, 'utf8'))?.[1] ?? '') as PageData;

  it('writes one file beside the graph, and prints its place', async () => {
    writeGraph(join(cwd, 'graph-of-acme'), { entities: [{ _key: 'k', _type: 'acme_user' }] });

    const { code, stdout } = await visualize(['./graph-of-acme']);

    const page = join(cwd, 'graph-of-acme', 'graph.html');
    expect(code).toBe(0);
    expect(stdout).toBe(`${page}\n`);
    expect(readdirSync(join(cwd, 'graph-of-acme')).sort()).toEqual(['graph', 'graph.html', 'vendor-graph.json']);
    expect(dataOf(page)).toMatchObject({ kind: 'graph', nodes: [{ name: 'acme_user', members: { count: 1 } }] });
  });

  it('shows what a package declares', async () => {
    await visualize([ACME, '--types', '--out', 'types.html']);

    const { kind, nodes, edges } = dataOf(join(cwd, 'types.html'));
    expect(kind).toBe('types');
    expect(nodes.map(({ name, mark }) => [name, mark])).toEqual([
      ['acme_account', undefined],
      ['acme_asset', undefined],
      ['acme_user', undefined],
      ['acme_finding', 'off'],
      ['server', 'elsewhere'],
    ]);
    expect(edges.map(({ label, from, to, dashed }) => [label, from, to, dashed])).toEqual([
      ['HAS', 0, 2, false],
      ['IS', 1, 4, true],
    ]);
  });

  it.each([
    ['as it is by default', {}, 'off: its ingestion source findings is off'],
    ['switched on by the environment', { ACME_ENABLED_SOURCES: 'findings' }, undefined],
  ])('says why a step is off: %s', async (_case, env, reason) => {
    const { stdout } = await visualize([ACME, '--steps', '--format', 'mermaid'], env);

    expect(stdout).toContain('n_acme_fetch_2d_account --> n_acme_fetch_2d_users');
    expect(/fetch-findings<br\/>(.*?)"/.exec(stdout)?.[1]).toBe(reason);
  });

  it('refuses to draw a collected graph in Mermaid', async () => {
    const { code, stderr } = await visualize([ACME, '--format', 'mermaid']);

    expect(code).toBe(1);
    expect(stderr).toContain('use it with --types or --steps');
  });
});
