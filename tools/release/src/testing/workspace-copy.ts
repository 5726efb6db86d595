import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publishedPackages, workspacePackages } from '../packages/published-packages.js';
import { ProgramError, runNode, runProgram } from '../run-program.js';
import { workspaceRoot } from '../workspace-root.js';

const SCOPE = '@vendor-graph';

/** A copy of the workspace, with what was built and a history of its own, to release from. */
export interface WorkspaceCopy {
  readonly root: string;
  git(...args: string[]): Promise<string>;
  nx(...args: string[]): Promise<string>;
  /** Runs a Node.js program in the root of the copy, with variables beside those of this process. */
  node(args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<string>;
}

/** Copies the workspace as it lies there, commits not made included, to a folder that does not exist yet. */
export async function copyWorkspace(root: string, npmrc: string): Promise<WorkspaceCopy> {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    // One process instead of five for each command.
    NX_ISOLATE_PLUGINS: 'false',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    FORCE_COLOR: '0',
  };
  const run = async (command: string, args: readonly string[], cwd = root): Promise<string> => {
    const result = await runProgram(command, args, { cwd, env });
    if (result.code !== 0) throw new ProgramError([command, ...args].join(' '), result);
    return result.stdout;
  };
  const git = (...args: string[]): Promise<string> => run('git', args);

  const files = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], workspaceRoot);
  for (const file of new Set(
    files.split('\0').filter((path) => path !== '' && existsSync(join(workspaceRoot, path))),
  )) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(workspaceRoot, file), join(root, file));
  }
  for (const folder of [...publishedPackages(workspaceRoot).map((one) => one.folder), 'tools/release'])
    cpSync(join(workspaceRoot, folder, 'dist'), join(root, folder, 'dist'), { recursive: true });
  forgetReleases(root);
  linkDependencies(root);
  // Not among the files of the copy that git sees, so that no release commits it.
  writeFileSync(join(root, '.npmrc'), npmrc);
  await git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(root, '.git', 'info', 'exclude'), '.npmrc\nnode_modules\n');
  await git('config', 'user.name', 'Tester');
  await git('config', 'user.email', 'tester@example.com');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'feat: collect four vendors');
  return {
    root,
    git,
    nx: (...args) => runNode([join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args], { cwd: root, env }),
    node: (args, variables = {}) => runNode(args, { cwd: root, env: { ...env, ...variables } }),
  };
}

/** The copy has never been released, whatever the original's versions are. */
function forgetReleases(root: string): void {
  for (const { folder } of publishedPackages(root)) {
    const path = join(root, folder, 'package.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"version": "[^"]*"/, '"version": "0.0.0"'));
    rmSync(join(root, folder, 'CHANGELOG.md'), { force: true });
  }
}

/** Third-party packages are those of the original; our own are those of the copy. */
function linkDependencies(root: string): void {
  symlinkSync(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'));
  const packages = workspacePackages(root);
  const folderOf = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]));
  for (const { folder, manifest } of packages) {
    const [from, to] = [join(workspaceRoot, folder, 'node_modules'), join(root, folder, 'node_modules')];
    mkdirSync(join(to, SCOPE), { recursive: true });
    for (const entry of existsSync(from) ? readdirSync(from) : [])
      if (entry !== SCOPE) symlinkSync(join(from, entry), join(to, entry));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      const own = folderOf.get(name);
      if (own !== undefined) symlinkSync(join(root, own), join(to, name));
    }
  }
}
