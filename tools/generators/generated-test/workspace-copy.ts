import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));
/** What a copy does without: history, results, and what was collected. */
const LEFT_OUT = ['.git', '.nx', 'test-results', 'tarballs'];
/** Nothing asks, nothing stays behind, and nothing is found in the original, to which NODE_PATH would lead. */
const ENVIRONMENT = {
  ...process.env,
  NX_DAEMON: 'false',
  FORCE_COLOR: '0',
  CI: 'true',
  VITEST: undefined,
  NODE_PATH: undefined,
};

/** A copy of the workspace with everything that is installed and built, to generate vendors in. */
export class WorkspaceCopy {
  private constructor(readonly root: string) {}

  static async make(): Promise<WorkspaceCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'vendor-graph-generated-'));
    const root = join(folder, 'workspace');
    mkdirSync(root);
    const entries = readdirSync(WORKSPACE).filter((name) => !LEFT_OUT.includes(name) && !name.startsWith('.j1-'));
    // Links stay links, which a package manager's store is made of.
    await promisify(execFile)('cp', ['-a', ...entries.map((name) => join(WORKSPACE, name)), root]);
    return new WorkspaceCopy(root);
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
   * @throws Error with all that the program printed
   */
  async node(args: readonly string[], cwd = this.root): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { cwd, env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`node ${args.join(' ')} in ${cwd} failed.\n${stdout}\n${stderr}`));
      });
    });
  }

  nx(...args: string[]): Promise<string> {
    return this.node([join(this.root, 'node_modules/nx/dist/bin/nx.js'), ...args]);
  }

  remove(): void {
    rmSync(join(this.root, '..'), { recursive: true, force: true });
  }
}
