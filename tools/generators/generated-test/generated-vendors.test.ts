import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkspaceCopy } from './workspace-copy.js';

interface Vendor {
  readonly name: string;
  readonly auth: string;
  readonly paging: string;
}

/** All schemes and all kinds of paging, and each with a second partner where it matters. */
const ALL: readonly Vendor[] = [
  { name: 'acme', auth: 'oauth2', paging: 'page' },
  { name: 'bolt', auth: 'basic', paging: 'jsonl' },
  { name: 'comet', auth: 'hawk', paging: 'token' },
  { name: 'delta', auth: 'signed-key', paging: 'offset' },
  { name: 'ember', auth: 'escher', paging: 'none' },
  { name: 'flint', auth: 'bearer', paging: 'offset' },
  { name: 'gamma', auth: 'hawk', paging: 'jsonl' },
  { name: 'hydra', auth: 'escher', paging: 'token' },
];
/** CI makes one, and another one as the tutorial says (tutorial.test.ts); `-c all` makes them all. */
const vendors = process.env['GENERATED_VENDORS'] === 'all' ? ALL : ALL.slice(0, 1);
const names = vendors.map(({ name }) => name);
const require = createRequire(import.meta.url);
const pnpm = join(require.resolve('pnpm'), '..', 'bin', 'pnpm.cjs');

let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await WorkspaceCopy.make();
});

afterAll(() => {
  workspace.remove();
});

describe(`the generated vendors ${names.join(', ')}`, () => {
  it('are made by one command each, which installs them; a step is added by another', async () => {
    for (const [index, { name, auth, paging }] of vendors.entries()) {
      const options = [`--auth=${auth}`, `--paging=${paging}`, `--skipInstall=${String(index < vendors.length - 1)}`];
      await workspace.nx('g', '@vendor-graph/generators:vendor', name, ...options, '--no-interactive');
    }
    await workspace.nx('g', '@vendor-graph/generators:step', 'acme', 'access-keys', '--class=AccessKey');

    expect(readFileSync(join(workspace.root, 'packages/acme/docs/jupiterone.md'), 'utf8')).toContain('acme_access_key');
  });

  it('are green at once: lint, types, build, tests, documentation, package', async () => {
    const targets = '--targets=lint,typecheck,build,test,document-check,package-check';
    const output = await workspace.nx('run-many', targets, `--projects=${names.join(',')}`, '--output-style=static');

    expect(output).toContain('Successfully ran targets lint, typecheck, build, test, document-check, package-check');
  });

  it('have simulators that are green, too', async () => {
    const simulators = join(workspace.root, 'tools/simulators');
    const folders = names.map((name) => `src/${name}`);
    const bin = (name: string, file: string): string => join(workspace.root, 'node_modules', name, file);

    await workspace.node([bin('eslint', 'bin/eslint.js'), ...folders, 'src/registry.ts'], simulators);
    await workspace.node([bin('typescript', 'bin/tsc'), '-b', 'tsconfig.json'], simulators);
    await workspace.node([bin('vitest', 'vitest.mjs'), 'run', ...folders, 'src/registry.test.ts'], simulators);
    await workspace.node([
      bin('prettier', 'bin/prettier.cjs'),
      '--check',
      ...names.map((name) => `packages/${name}`),
      ...folders.map((folder) => `tools/simulators/${folder}`),
      'tools/simulators/src/registry.ts',
    ]);
  });

  it('pass the conformance suite, which finds them by itself', async () => {
    const vitest = join(workspace.root, 'node_modules/vitest/vitest.mjs');
    const only = `^(${names.join('|')}) `;
    const output = await workspace.node(
      [vitest, 'run', 'src/conformance.test.ts', '--testNamePattern', only],
      join(workspace.root, 'tools/conformance'),
    );

    expect(Number(/Tests .*?(\d+) passed/.exec(output)?.[1])).toBeGreaterThan(30 * names.length);
  });

  it('are collected from their simulators', async () => {
    const projects = `--projects=${names.join(',')}`;
    await workspace.nx('run-many', '--targets=collect', '-c', 'simulated', projects, '--output-style=static');

    for (const name of names) {
      const folder = join(workspace.root, 'packages', name, '.j1-integration');
      const { report } = JSON.parse(readFileSync(join(folder, 'vendor-graph.json'), 'utf8')) as {
        report: { status: string; entities: Record<string, number> };
      };
      expect([name, report.status, report.entities]).toEqual([
        name,
        'success',
        {
          [`${name}_account`]: 1,
          [`${name}_device`]: 5,
          [`${name}_finding`]: 10,
          ...(name === 'acme' && { acme_access_key: 3 }),
        },
      ]);
    }
  });

  it('pack, install and import outside of the workspace', async () => {
    const outside = workspace.outside('installed');
    const folders = [
      'shared/flow-control',
      'shared/http',
      'shared/integration',
      'tools/entity-validator',
      'packages/acme',
    ];
    const tarballs: Record<string, string> = {};
    for (const folder of folders) {
      const { name } = JSON.parse(readFileSync(join(workspace.root, folder, 'package.json'), 'utf8')) as {
        name: string;
      };
      const tarball = join(outside, `${folder.replace('/', '-')}.tgz`);
      await workspace.node([pnpm, 'pack', '--out', tarball], join(workspace.root, folder));
      tarballs[name] = `file:${tarball}`;
    }
    const project = join(outside, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({
        private: true,
        dependencies: {
          '@vendor-graph/acme': tarballs['@vendor-graph/acme'],
          '@jupiterone/integration-sdk-core': '^17.4.0',
        },
        pnpm: {
          overrides: {
            ...tarballs,
            '@jupiterone/integration-sdk-entity-validator': tarballs['@vendor-graph/entity-validator'],
          },
        },
      }),
    );
    await workspace.node([pnpm, 'install', '--prefer-offline', '--ignore-scripts'], project);

    const program = `import { invocationConfig } from '@vendor-graph/acme';
      console.log(invocationConfig.integrationSteps.map(({ id }) => id).join(' '));`;
    const output = await workspace.node(['--input-type=module', '--eval', program], project);

    expect(output.trim()).toBe('fetch-account fetch-devices fetch-findings fetch-access-keys');
  });
});
