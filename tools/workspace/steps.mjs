import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const workspaceRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The targets that check a project, where it has them; its `lint` comes with them or, for all at once, as `lint:all`. */
export const CHECKS = 'typecheck,build,test,document-check,package-check';
/** The targets that check the workspace as a whole. */
export const WORKSPACE_CHECKS = 'format,unused';

/** What the workspace needs; the same is in the `engines` of its packages. */
const OLDEST_NODE = [20, 19];

/** Ends with words instead of a syntax error somewhere in a dependency. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`This needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the dependencies exactly as locked, with the package manager that package.json pins. */
export function install() {
  const { packageManager } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8'));
  step('npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
}

/**
 * Compiles every project in one process, which reads what they share once. The targets `build` and `typecheck`, a process
 * for each project, then find nothing left to do.
 */
export function compile() {
  const configs = ['shared', 'packages', 'tools']
    .flatMap((folder) => readdirSync(join(workspaceRoot, folder)).map((name) => join(folder, name, 'tsconfig.json')))
    .filter((config) => existsSync(join(workspaceRoot, config)));
  step(process.execPath, [join(workspaceRoot, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', ...configs]);
}

/** Runs targets of the workspace. */
export function nx(...args) {
  step(process.execPath, [join(workspaceRoot, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args]);
}

/** Runs a command in the workspace, showing it; when it fails, everything ends with its exit code. */
export function step(command, args) {
  const shown = [command === process.execPath ? 'node' : command, ...args]
    .join(' ')
    .replaceAll(`${workspaceRoot}/`, '');
  console.log(`\n> ${shown}`);
  const { status, signal, error } = spawnSync(command, args, {
    cwd: workspaceRoot,
    stdio: 'inherit',
    // No process stays behind, and nothing is asked.
    env: { ...process.env, NX_DAEMON: 'false' },
    // On Windows npx is a script.
    shell: process.platform === 'win32' && command !== process.execPath,
  });
  if (error !== undefined) console.error(`${command} could not be started: ${error.message}`);
  if (status === 0) return;
  console.error(`\n${shown} failed (${signal ?? `exit code ${status ?? 'unknown'}`}).`);
  process.exit(status ?? 1);
}
