import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNPM } from '../packages/pack-package.js';
import { ProgramError, runProgram } from '../run-program.js';
import type { ProgramResult } from '../run-program.js';

/** A package manager, by the name that people know it by. */
export type PackageManager = 'npm' | 'pnpm';

/** A project outside of the workspace, as a user has it. */
export interface EmptyProject {
  readonly folder: string;
  /** The variables that its programs get. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Installs packages with a package manager. Throws ProgramError. */
  add(manager: PackageManager, ...packages: string[]): Promise<void>;
  /** Runs a command that a package has brought. */
  exec(command: string, args: readonly string[], env?: Record<string, string>): Promise<ProgramResult>;
  /** Runs a program of the user's own. */
  run(program: string, env?: Record<string, string>, node?: string): Promise<ProgramResult>;
}

/** Settings of the one who runs the tests, which no installation of a test may see: npm's place, vendors' credentials. */
const FOREIGN_VARIABLE =
  /^(npm_(config_(local_|global_)?prefix|package_|lifecycle_)|INIT_CWD|[A-Z]+_(API_|ACCESS_|SECRET_|EXPORT_|ACCOUNT_|ORG_)|NX_|NODE_OPTIONS)/i;

/**
 * Makes a folder with a package.json.
 *
 * @param manifest what the package.json says.
 * @param npmrc where packages come from.
 */
export function emptyProject(folder: string, manifest: object, npmrc: string): EmptyProject {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...manifest }, null, 2));
  writeFileSync(join(folder, '.npmrc'), npmrc);
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN_VARIABLE.test(name)));
  const run = async (command: string, args: readonly string[], env = {}): Promise<ProgramResult> =>
    runProgram(command, args, { cwd: folder, env: { ...own, ...env } });
  return {
    folder,
    environment: own,
    add: async (manager, ...packages) => {
      const [command, args] =
        manager === 'npm'
          ? ['npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages]]
          : [process.execPath, [PNPM, 'add', '--prefer-offline', ...packages]];
      const result = await run(command, args);
      if (result.code !== 0) throw new ProgramError(`${manager} install ${packages.join(' ')}`, result);
    },
    exec: async (command, args, env) => run(join(folder, 'node_modules', '.bin', command), args, env),
    run: async (program, env, node = process.execPath) => {
      writeFileSync(join(folder, 'program.js'), program);
      return run(node, ['program.js'], env);
    },
  };
}
