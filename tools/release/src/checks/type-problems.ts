import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runProgram } from '../run-program.js';

const ATTW = join(
  dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')),
  'dist',
  'index.js',
);

/**
 * Whether TypeScript finds the types of a tarball's modules, in words; undefined when it does. The packages are ES modules,
 * so that only the ways of resolving that know ES modules count: https://arethetypeswrong.github.io.
 */
export async function typeProblems(tarball: string): Promise<string | undefined> {
  const args = [ATTW, tarball, '--profile', 'esm-only', '--no-color', '--no-emoji'];
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: dirname(tarball) });
  return code === 0 ? undefined : `${stdout}${stderr}`;
}
