import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runNode } from '../run-program.js';

/** pnpm's program. */
export const PNPM = join(dirname(createRequire(import.meta.url).resolve('pnpm')), 'bin', 'pnpm.cjs');
const HOOKS = join('tools', 'release', 'pack-hooks.cjs');

/**
 * Packs a package as it is published: ranges of the workspace and the catalog replaced, `publishConfig` applied, and
 * nothing in package.json that only the workspace needs.
 *
 * @param root the workspace.
 * @param tarball the file to write.
 * @throws ProgramError with pnpm's words.
 */
export async function packPackage(root: string, folder: string, tarball: string): Promise<void> {
  mkdirSync(dirname(tarball), { recursive: true });
  await runNode([PNPM, `--config.pnpmfile=${join(root, HOOKS)}`, 'pack', '--out', tarball], {
    cwd: join(root, folder),
  });
}
