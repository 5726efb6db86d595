import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
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
/** CI makes two, and a third one as the tutorial says (tutorial.test.ts); `-c all` makes them all. */
const IN_CI = 2;
const all = process.env['GENERATED_VENDORS'] === 'all';
const vendors = all ? ALL : ALL.slice(0, IN_CI);
const names = vendors.map(({ name }) => name);
const packages = names.map((name) => `packages/${name}`);
const simulators = names.map((name) => `src/${name}`);
const generated = [...packages, ...[...simulators, 'src/registry.ts'].map((path) => `tools/simulators/${path}`)];
const workspace = new WorkspaceCopy(inject('workspace'));

describe(`the generated vendors ${names.join(', ')}`, () => {
  it('are made by one command each, which installs them; a step is added by another', async () => {
    for (const [index, { name, auth, paging }] of vendors.entries()) {
      const options = [`--auth=${auth}`, `--paging=${paging}`, `--skipInstall=${String(index < vendors.length - 1)}`];
      await workspace.nx(['g', '@vendor-graph/generators:vendor', name, ...options, '--no-interactive']);
    }
    await workspace.nx(['g', '@vendor-graph/generators:step', 'acme', 'access-keys', '--class=AccessKey']);

    expect(readFileSync(join(workspace.root, 'packages/acme/docs/jupiterone.md'), 'utf8')).toContain('acme_access_key');
  });

  it('compile, with their tests, and their simulators', async () => {
    await workspace.tsc(['-b', ...packages, 'tools/simulators', 'tools/cli/tsconfig.lib.json']);
  });

  it('keep to the rules and the format of all', async () => {
    await workspace.eslint(['--max-warnings', '0', ...generated]);
    await workspace.prettier(['--check', ...generated]);
  });

  it('pass their tests, and those of their simulators', async () => {
    for (const folder of packages) await workspace.vitest(folder);
    await workspace.vitest('tools/simulators', [...simulators, 'src/registry.test.ts']);
  });

  it('pass the conformance suite, which finds them by itself', async () => {
    const only = `^(${names.join('|')}) `;
    const output = await workspace.vitest('tools/conformance', ['src/conformance.test.ts', '--testNamePattern', only]);

    expect(Number(/Tests .*?(\d+) passed/.exec(output)?.[1])).toBeGreaterThan(30 * names.length);
  });

  it('are documented as they are', async () => {
    await workspace.vendorGraph(['document', '--check', ...names]);
  });

  it('are collected from their simulators', async () => {
    await workspace.vendorGraph(['collect', '--simulate', '--quiet', ...names]);

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
    const folders = ['shared/flow-control', 'shared/http', 'shared/integration', 'tools/entity-validator', ...packages];
    const tarballs: Record<string, string> = {};
    for (const folder of folders) {
      const { name } = JSON.parse(readFileSync(join(workspace.root, folder, 'package.json'), 'utf8')) as {
        name: string;
      };
      const tarball = join(outside, `${folder.replace('/', '-')}.tgz`);
      await workspace.pnpm(['pack', '--out', tarball], folder);
      tarballs[name] = `file:${tarball}`;
    }
    const project = join(outside, 'project');
    const scoped = names.map((name) => `@vendor-graph/${name}`);
    mkdirSync(project);
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({
        private: true,
        dependencies: {
          ...Object.fromEntries(scoped.map((name) => [name, tarballs[name]])),
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
    const cwd = relative(workspace.root, project);
    await workspace.pnpm(['install', '--prefer-offline', '--ignore-scripts'], cwd);

    const program = `for (const name of ${JSON.stringify(scoped)}) {
        const { invocationConfig } = await import(name);
        console.log(invocationConfig.integrationSteps.map(({ id }) => id).join(' '));
      }`;
    const output = await workspace.node(['--input-type=module', '--eval', program], cwd);

    const steps = 'fetch-account fetch-devices fetch-findings';
    expect(output.trim().split('\n')).toEqual([`${steps} fetch-access-keys`, ...names.slice(1).map(() => steps)]);
  });

  // The same by Nx, a process for each check of each; the tutorial's vendor goes that way in CI.
  if (all) {
    it('are green in every target that a vendor has', async () => {
      const targets = 'lint,typecheck,build,test,document-check,package-check';
      const projects = `--projects=${names.join(',')}`;
      const output = await workspace.nx(['run-many', `--targets=${targets}`, projects, '--output-style=static']);

      expect(output).toContain('Successfully ran targets lint, typecheck, build, test, document-check, package-check');
      await workspace.nx(['run-many', '--targets=collect', '-c', 'simulated', projects, '--output-style=static']);
    });
  }
});
