import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariable } from '@vendor-graph/integration';
import { startSimulator } from '@vendor-graph/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INSTALLED_DEPENDENCIES, readManifest } from '../src/packages/manifest.js';
import { publishedPackages } from '../src/packages/published-packages.js';
import { ProgramError, runProgram } from '../src/run-program.js';
import type { ProgramResult } from '../src/run-program.js';
import { readTarball } from '../src/tarball/read-tarball.js';
import { unpackTarball } from '../src/tarball/unpack-tarball.js';
import { emptyProject } from '../src/testing/empty-project.js';
import type { EmptyProject, PackageManager } from '../src/testing/empty-project.js';
import { readmeBlock } from '../src/testing/readme-block.js';
import { SDK_VALIDATOR, startTestRegistry } from '../src/testing/test-registry.js';
import type { TestRegistry } from '../src/testing/test-registry.js';
import { copyWorkspace } from '../src/testing/workspace-copy.js';
import type { WorkspaceCopy } from '../src/testing/workspace-copy.js';
import { workspaceRoot } from '../src/workspace-root.js';

const PACKAGES = publishedPackages(workspaceRoot);
const NAMES = PACKAGES.map(({ manifest }) => manifest.name);
/** The packages that come with a new version of the library that is patched below, by themselves or through another. */
const PATCHED = '@vendor-graph/integration';

/** What each package manager installs beside the command, and a type of entity that the vendor has. */
const VENDORS = {
  npm: { runzero: 'rumble_asset', threatstack: 'threatstack_agent' },
  pnpm: { aquasec: 'aquasec_user', panoptica: 'panoptica_image' },
} as const;
const NODE_VERSIONS = ['20.19.0', '22', '24'];
const DOCKERFILE = readFileSync(join(workspaceRoot, 'examples', 'deploy', 'Dockerfile'), 'utf8');

let folder: string;
let registry: TestRegistry;
let workspace: WorkspaceCopy;
let projects: Record<PackageManager, EmptyProject>;
let image: EmptyProject;
let nodes: EmptyProject;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vendor-graph-release-'));
  const { stdout } = await runProgram('npm', ['config', 'get', 'registry'], { cwd: folder });
  registry = await startTestRegistry(join(folder, 'registry'), stdout.trim());
  [nodes] = await Promise.all([installNodes(), releaseFirst()]);
  const [npm, pnpm, app] = await Promise.all([installWith('npm'), installWith('pnpm'), installAsInImage()]);
  projects = { npm, pnpm };
  image = app;
});
afterAll(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the first release', () => {
  it('publishes every package, each after those that it needs', async () => {
    const published = await Promise.all(
      NAMES.map(async (name) => ({ name, packument: await registry.packument(name) })),
    );
    const moments = new Map(published.map(({ name, packument }) => [name, packument?.time['0.1.0'] ?? '']));
    const early = published.flatMap(({ name, packument }) =>
      Object.keys(packument?.versions['0.1.0']?.dependencies ?? {})
        .filter((needed) => (moments.get(needed) ?? '') > (moments.get(name) ?? ''))
        .map((needed) => `${name} before ${needed}`),
    );

    expect(published.map(({ packument }) => packument?.['dist-tags'])).toEqual(NAMES.map(() => ({ latest: '0.1.0' })));
    expect(early).toEqual([]);
  });

  it('asks for its own packages by ranges that take their patches', async () => {
    const packument = await registry.packument('@vendor-graph/runzero');

    expect(packument?.versions['0.1.0']?.dependencies).toMatchObject({
      '@vendor-graph/flow-control': '^0.1.0',
      '@vendor-graph/http': '^0.1.0',
      '@vendor-graph/integration': '^0.1.0',
    });
  });

  it('leaves a changelog and a tag for each package, and nothing that is not committed', async () => {
    const tags = (await workspace.git('tag')).trim().split('\n');

    expect(tags).toEqual(PACKAGES.map(({ manifest }) => `${manifest.nx?.name ?? ''}@0.1.0`).sort());
    for (const { folder: package_ } of PACKAGES)
      expect(readFileSync(join(workspace.root, package_, 'CHANGELOG.md'), 'utf8')).toContain('collect four vendors');
    expect(await workspace.git('status', '--short')).toBe('');
  });

  it('can be published again, which changes nothing', async () => {
    const output = await workspace.node(['tools/release/publish.mjs', 'tarballs/http.tgz']);

    expect(output).toBe('@vendor-graph/http@0.1.0 is in the registry already.\n');
  });
});

describe.each(['npm', 'pnpm'] as const)(
  'an empty folder with %s, whose registry lacks the validator of the SDK',
  (manager) => {
    it.each(Object.entries(VENDORS[manager]))('collects %s from its simulator', async (vendor, type) => {
      const simulator = await startSimulator(vendor);

      const result = await projects[manager].exec(
        'vendor-graph',
        ['collect', vendor, '--json'],
        credentials(vendor, simulator.credentials['default']),
      );
      await simulator.close();

      expect(result).toMatchObject({ code: 0 });
      const report = JSON.parse(result.stdout) as { entities: Record<string, number>; steps: { status: string }[] };
      expect(report).toMatchObject({ package: vendor, status: 'success', simulated: false });
      expect(report.entities[type]).toBeGreaterThan(0);
      expect(existsSync(join(projects[manager].folder, vendor, 'summary.json'))).toBe(true);
    });
  },
);

describe('the layout of the container image', () => {
  const entrypoint = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(DOCKERFILE)?.[1] ?? '[]') as string[];
  // As in the image: not the owner of what is installed, so that it cannot write there. Only root can become somebody else.
  const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
  let data: string;
  const run = async (args: string[], config: Readonly<Record<string, string>> = {}): Promise<ProgramResult> =>
    runProgram(process.execPath, [...entrypoint.slice(1).map((path) => path.replace('/app', image.folder)), ...args], {
      cwd: data,
      env: { ...image.environment, HOME: '/nonexistent', ...credentials('panoptica', config) },
      ...user,
    });

  beforeAll(() => {
    data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(data, 0o777);
    chmodSync(folder, 0o755);
  });

  it('collects into the working directory, and writes nowhere else', async () => {
    const simulator = await startSimulator('panoptica');

    const result = await run(['collect', 'panoptica', '--json'], simulator.credentials['default']);
    await simulator.close();

    expect(result).toMatchObject({ code: 0 });
    expect(JSON.parse(result.stdout)).toMatchObject({ package: 'panoptica', status: 'success' });
    expect(readdirSync(data)).toEqual(['panoptica']);
    expect(readdirSync(image.folder).sort()).toEqual(['.npmrc', 'node_modules', 'package.json']);
  });

  it('ends with 1 when the configuration is wrong, and says what is missing', async () => {
    const { code, stderr } = await run(['collect', 'panoptica']);

    expect(code).toBe(1);
    expect(stderr).toContain('PANOPTICA_ACCESS_KEY');
  });
});

describe('every Node.js that is supported', () => {
  it.each(
    NODE_VERSIONS.flatMap((version) => [[version, 'npm', 'runzero'] as const, [version, 'pnpm', 'panoptica'] as const]),
  )('%s loads what %s has installed, with import and with require()', async (version, manager, vendor) => {
    const program = `
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      for (const name of ['@vendor-graph/cli', '@vendor-graph/${vendor}'])
        if (require(name) !== (await import(name))) throw new Error(name + ' is loaded twice');
      const { invocationConfig } = require('@vendor-graph/${vendor}');
      console.log(process.version, invocationConfig.integrationSteps.length > 0);`;

    const node = join(nodes.folder, 'node_modules', `node-${version}`, 'bin', 'node');
    const { stdout, stderr, code } = await projects[manager].run(program, {}, node);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^v${version}\\S* true\\n$`.replaceAll('.', '\\.')));
  });
});

describe('the script of the scheduled workflow', () => {
  const runVendor = async (target: string, variables: Record<string, string>): Promise<string> =>
    workspace.node(['tools/workspace/run-vendor.mjs', target], { VENDOR: 'runzero', ...variables });

  it('uploads nothing when nothing was collected', async () => {
    expect(await runVendor('sync', {})).toBe('runzero has not been collected: there is nothing to upload.\n');
  });

  it('fails when the vendor refuses the credentials', async () => {
    const simulator = await startSimulator('runzero');
    const { apiBaseUrl = '' } = simulator.credentials['default'] ?? {};

    const run = runVendor('collect', credentials('runzero', { apiBaseUrl, exportToken: 'ET-wrong' }));

    await expect(run).rejects.toThrow('run-vendor.mjs collect ended with 1');
    await simulator.close();
  });

  it('collects a vendor with its own secrets, those of the others empty, and uploads the graph', async () => {
    const simulator = await startSimulator('runzero');
    const jupiterone = await startSimulator('jupiterone');
    const summary = join(folder, 'step-summary.md');
    const secrets = {
      AQUASEC_API_KEY: '',
      RUNZERO_ACCOUNT_API_KEY: '',
      ...credentials('runzero', simulator.credentials['export-token']),
    };

    await runVendor('collect', { ...secrets, GITHUB_STEP_SUMMARY: summary });
    await runVendor('sync', {
      JUPITERONE_API_BASE_URL: jupiterone.baseUrl,
      JUPITERONE_ACCOUNT: 'simulated-account',
      JUPITERONE_API_KEY: 'simulated-jupiterone-api-key',
      INTEGRATION_INSTANCE_ID: 'an-instance',
    });
    await simulator.close();
    await jupiterone.close();

    expect(readFileSync(summary, 'utf8')).toContain('runzero');
    expect(jupiterone.traffic.count(/finalize/)).toBe(1);
  });

  it.each(['', '../../etc', 'unknown', '$(id)'])('takes "%s" for no vendor', async (VENDOR) => {
    await expect(runVendor('collect', { VENDOR })).rejects.toThrow('VENDOR must name a folder in packages.');
  });
});

describe('a patch of a shared library', () => {
  const versions = (): Record<string, string> =>
    Object.fromEntries(
      NAMES.map((name, at) => [name, readManifest(join(workspace.root, PACKAGES[at]?.folder ?? '')).version]),
    );
  const expected = Object.fromEntries(NAMES.map((name) => [name, needs(name, PATCHED) ? '0.1.1' : '0.1.0']));

  beforeAll(async () => {
    appendFileSync(join(workspace.root, 'shared', 'integration', 'README.md'), '\nA word more.\n');
    await workspace.git('commit', '--quiet', '--all', '--message', 'fix(integration): say a word more');
  });

  it('says in a dry run what would be released, and changes nothing', async () => {
    const head = await workspace.git('rev-parse', 'HEAD');

    const output = await workspace.nx('release', '--skip-publish', '--dry-run');

    expect(output).toContain('shared/integration/package.json has version 0.1.1 now.');
    expect(await workspace.git('rev-parse', 'HEAD')).toBe(head);
    expect(await workspace.git('status', '--short')).toBe('');
    expect(new Set(Object.values(versions()))).toEqual(new Set(['0.1.0']));
  });

  it('is followed by exactly those that depend on it', async () => {
    await workspace.nx('release', '--skip-publish');
    await pack();

    const output = await workspace.node(['tools/release/publish.mjs', 'tarballs']);

    expect(versions()).toEqual(expected);
    expect(expected).toMatchObject({
      '@vendor-graph/flow-control': '0.1.0',
      '@vendor-graph/http': '0.1.0',
      '@vendor-graph/entity-validator': '0.1.0',
      '@vendor-graph/integration': '0.1.1',
      '@vendor-graph/runzero': '0.1.1',
      '@vendor-graph/cli': '0.1.1',
    });
    expect(
      output
        .split('\n')
        .filter((line) => line.endsWith('is published.'))
        .sort(),
    ).toEqual(
      NAMES.filter((name) => expected[name] === '0.1.1')
        .map((name) => `${name}@0.1.1 is published.`)
        .sort(),
    );
    for (const name of NAMES)
      expect((await registry.packument(name))?.['dist-tags']['latest'], name).toBe(expected[name]);
  });

  it('says so in their changelogs', () => {
    const changelog = (of: string): string => readFileSync(join(workspace.root, of, 'CHANGELOG.md'), 'utf8');

    expect(changelog('shared/integration')).toMatch(/## 0\.1\.1 .*\*\*integration:\*\* say a word more/s);
    expect(changelog('packages/runzero')).toMatch(/## 0\.1\.1 .*Updated integration to 0\.1\.1/s);
    expect(changelog('shared/http')).not.toContain('0.1.1');
  });
});

describe('an empty project, whose registry has the validator of the SDK', () => {
  let project: EmptyProject;
  beforeAll(async () => {
    await publishSdkValidator();
    project = emptyProject(join(folder, 'own-program'), {}, registry.npmrc);
    await project.add(
      'npm',
      '@vendor-graph/runzero',
      '@jupiterone/integration-sdk-core',
      '@jupiterone/integration-sdk-runtime',
    );
  });

  it('collects runZero with the program of the README', async () => {
    const simulator = await startSimulator('runzero');
    const program = readmeBlock('packages/runzero/README.md', 'js', 'executeIntegrationInstance');
    const env = credentials('runzero', simulator.credentials['export-token']);

    const { code, stdout } = await project.run(program, env);
    await simulator.close();

    expect(code).toBe(0);
    expect(program.trim().split('\n')).toHaveLength(15);
    expect(stdout).toMatch(/^Fetch assets success \{ rumble_asset: 40 \}$/m);
    expect(existsSync(join(project.folder, '.j1-integration', 'summary.json'))).toBe(true);
  });

  it('has that validator, and none of ours', () => {
    const modules = join(project.folder, 'node_modules');

    expect(readManifest(join(modules, SDK_VALIDATOR)).name).toBe(SDK_VALIDATOR);
    expect(existsSync(join(modules, '@vendor-graph', 'entity-validator'))).toBe(false);
  });
});

/** The first release, as CONTRIBUTING.md says it is made. */
async function releaseFirst(): Promise<void> {
  workspace = await copyWorkspace(join(folder, 'workspace'), registry.npmrc);
  await workspace.nx('release', '0.1.0', '--first-release', '--skip-publish');
  await pack();
  await workspace.node(['tools/release/publish.mjs', 'tarballs']);
}

async function installWith(manager: PackageManager): Promise<EmptyProject> {
  const project = emptyProject(join(folder, manager), overridesFor(manager), registry.npmrc);
  const vendors = Object.keys(VENDORS[manager]).map((vendor) => `@vendor-graph/${vendor}`);
  await project.add(manager, '@vendor-graph/cli', ...vendors);
  return project;
}

/** Node.js from the registry: npm has its binaries as packages. */
async function installNodes(): Promise<EmptyProject> {
  const binaries = `node-${process.platform}-${process.arch}`;
  const project = emptyProject(join(folder, 'nodes'), {}, '');
  await project.add('npm', ...NODE_VERSIONS.map((version) => `node-${version}@npm:${binaries}@${version}`));
  return project;
}

/** What the Dockerfile installs, by its own command. */
async function installAsInImage(): Promise<EmptyProject> {
  const manifest = readFileSync(join(workspace.root, 'examples', 'deploy', 'package.json'), 'utf8');
  const project = emptyProject(join(folder, 'app'), JSON.parse(manifest) as object, '');
  cpSync(join(workspace.root, 'tarballs'), join(project.folder, 'tarballs'), { recursive: true });
  const command = /^RUN npm (install .*?) && rm/m.exec(DOCKERFILE)?.[1] ?? '';
  const options = { cwd: project.folder, env: { ...project.environment } };
  const result = await runProgram('npm', [...command.split(' '), '--prefer-offline'], options);
  if (result.code !== 0) throw new ProgramError(`npm ${command}`, result);
  rmSync(join(project.folder, 'tarballs'), { recursive: true });
  return project;
}

async function pack(): Promise<void> {
  await workspace.nx('run-many', '--targets=pack', '--exclude-task-dependencies', '--output-style=static');
}

/** Whether a package is another one, or needs it in the end. */
function needs(name: string, other: string): boolean {
  const manifest = PACKAGES.find((one) => one.manifest.name === name)?.manifest;
  return (
    name === other ||
    INSTALLED_DEPENDENCIES.some((kind) => Object.keys(manifest?.[kind] ?? {}).some((needed) => needs(needed, other)))
  );
}

/** The line that the README asks for where the registry lacks the validator of the SDK. */
function overridesFor(manager: PackageManager): object {
  return manager === 'npm'
    ? (JSON.parse(readmeBlock('README.md', 'json', SDK_VALIDATOR)) as object)
    : { pnpm: parse(readmeBlock('README.md', 'yaml', SDK_VALIDATOR)) as object };
}

/** What the simulator accepts, as the variables that the command reads. */
function credentials(vendor: string, config: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => [environmentVariable(vendor, field), value]),
  );
}

/** JupiterOne's own validator, as far as its name goes: ours, under that name. */
async function publishSdkValidator(): Promise<void> {
  const unpacked = join(folder, 'sdk-validator');
  unpackTarball(readTarball(join(workspace.root, 'tarballs', 'entity-validator.tgz')), unpacked);
  const manifest = { ...readManifest(unpacked), name: SDK_VALIDATOR, version: '17.6.1' };
  writeFileSync(join(unpacked, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(unpacked, '.npmrc'), registry.npmrc);
  const result = await runProgram('npm', ['publish', '--access=public'], { cwd: unpacked });
  if (result.code !== 0) throw new ProgramError('npm publish', result);
}
