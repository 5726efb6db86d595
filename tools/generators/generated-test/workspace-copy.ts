import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(import.meta.url);
const PNPM = join(require.resolve('pnpm'), '..', 'bin', 'pnpm.cjs');
/** What a copy does without: history, results, what was collected; and what is installed, which is installed again. */
const LEFT_OUT = /^(\.git|\.nx|\.j1-.*|\.env|coverage|node_modules|tarballs|test-results)$/;
/** Nothing asks, nothing stays behind, and nothing is found in the original, to which NODE_PATH would lead. */
const ENVIRONMENT = {
  ...process.env,
  NX_DAEMON: 'false',
  FORCE_COLOR: '0',
  CI: 'true',
  VITEST: undefined,
  NODE_PATH: undefined,
};

/** A copy of the workspace, installed and built, to generate vendors in. */
export class WorkspaceCopy {
  /** @param root the folder of a copy that was made */
  constructor(readonly root: string) {}

  /** Copies the workspace with what is built in it, and installs it from what pnpm has stored. */
  static async make(): Promise<WorkspaceCopy> {
    const root = join(mkdtempSync(join(tmpdir(), 'vendor-graph-generated-')), 'workspace');
    const filter = (path: string): boolean => path === WORKSPACE || !LEFT_OUT.test(basename(path));
    // The compiler goes by the times of files.
    await cp(WORKSPACE, root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true, filter });
    const copy = new WorkspaceCopy(root);
    await copy.pnpm(['install', '--frozen-lockfile', '--prefer-offline']);
    return copy;
  }

  /** A folder beside the workspace, not in it. */
  outside(name: string): string {
    const folder = join(this.root, '..', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /**
   * Runs a Node.js program that has to succeed, and answers what it printed.
   *
   * @param cwd from the root of the workspace
   * @throws Error with all that the program printed
   */
  async node(args: readonly string[], cwd = '.'): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { cwd: join(this.root, cwd), env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`node ${args.join(' ')} in ${cwd} failed.\n${stdout}\n${stderr}`));
      });
    });
  }

  nx(args: readonly string[]): Promise<string> {
    return this.node([this.#installed('nx/dist/bin/nx.js'), ...args]);
  }

  tsc(args: readonly string[]): Promise<string> {
    return this.node([this.#installed('typescript/bin/tsc'), ...args]);
  }

  eslint(args: readonly string[]): Promise<string> {
    return this.node([this.#installed('eslint/bin/eslint.js'), ...args]);
  }

  prettier(args: readonly string[]): Promise<string> {
    return this.node([this.#installed('prettier/bin/prettier.cjs'), ...args]);
  }

  /** Runs the tests of a project. */
  vitest(folder: string, args: readonly string[] = []): Promise<string> {
    return this.node([this.#installed('vitest/vitest.mjs'), 'run', ...args], folder);
  }

  vendorGraph(args: readonly string[]): Promise<string> {
    return this.node([join(this.root, 'tools/cli/bin/vendor-graph.js'), ...args]);
  }

  pnpm(args: readonly string[], cwd = '.'): Promise<string> {
    return this.node([PNPM, ...args], cwd);
  }

  remove(): void {
    rmSync(join(this.root, '..'), { recursive: true, force: true });
  }

  #installed(program: string): string {
    return join(this.root, 'node_modules', program);
  }
}
