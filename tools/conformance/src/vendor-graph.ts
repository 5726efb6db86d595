import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));
/** The program of the command. */
export const COMMAND = fileURLToPath(new URL('../../cli/bin/vendor-graph.js', import.meta.url));

/** How a run of the command ended. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real command in the workspace, with no other settings than the given ones. */
export async function vendorGraph(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: WORKSPACE,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (run.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (run.stderr += text));
  run.code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return run;
}
