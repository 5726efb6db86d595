import { execFile } from 'node:child_process';

/** How a program ended. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ended with another code than 0, with all that it printed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';

  constructor(
    command: string,
    readonly result: ProgramResult,
  ) {
    super(`${command} ended with ${result.code}.\n${result.stdout}\n${result.stderr}`);
  }
}

/** Runs a program to its end. Throws what keeps it from starting. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
  },
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(new Error(`${command} could not be run to its end: ${error.message}`));
    });
  });
}

/** Runs a Node.js program that has to succeed, and answers what it printed. Throws ProgramError. */
export async function runNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly node?: string },
): Promise<string> {
  const { node = process.execPath, ...rest } = options;
  const result = await runProgram(node, args, rest);
  if (result.code !== 0) throw new ProgramError(['node', ...args].join(' '), result);
  return result.stdout;
}
