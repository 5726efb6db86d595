import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Links the dependencies of what was generated, and writes them to the lock file. */
export function installDependencies(root: string): void {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  execFileSync('npx', ['--yes', packageManager, 'install', '--prefer-offline', '--no-frozen-lockfile'], {
    cwd: root,
    stdio: 'inherit',
    // On Windows npx is a script.
    shell: process.platform === 'win32',
  });
}
