import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/vendor-graph.js', import.meta.url));

/** The folder of the vendor package that the tests collect. */
export const ACME = fileURLToPath(new URL('../fixtures/acme', import.meta.url));

/** The folder of the workspace. */
export const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));

/** How a command ended. */
export interface CommandResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface RunningCommand {
  child: ChildProcess;
  result: Promise<CommandResult>;
}

/** Starts the real command as a child process, with no other environment variables than the given ones. */
export function startCommand(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): RunningCommand {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const result = new Promise<CommandResult>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, result };
}

/** Runs the real command to its end. */
export function runCommand(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<CommandResult> {
  return startCommand(args, options).result;
}
