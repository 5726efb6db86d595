import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { SecretSource } from './account.js';

/** A vault that has not answered after so long does not. */
const COMMAND_TIMEOUT_MS = 30_000;
const LONGEST_SECRET_BYTES = 64 * 1024;

/** A secret could not be had; the message says from where, and never what was read. */
export class SecretError extends Error {
  static override readonly name = 'SecretError';

  /** @param passing whether trying again can help: a vault that did not answer. */
  constructor(
    message: string,
    readonly passing: boolean,
  ) {
    super(message);
    this.name = 'SecretError';
  }
}

/**
 * The secret of a source. One line end at its end is not part of it: files and programs have one.
 *
 * @param what the secret's name in messages.
 * @throws SecretError
 */
export async function resolveSecret(
  what: string,
  source: SecretSource,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<string> {
  const value = (await read(what, source, env)).replace(/\r?\n$/, '');
  if (value.trim() === '') throw new SecretError(`${what}: ${place(source)} is empty.`, false);
  return value;
}

async function read(what: string, source: SecretSource, env: Readonly<NodeJS.ProcessEnv>): Promise<string> {
  if ('env' in source) {
    const value = env[source.env];
    if (value === undefined) throw new SecretError(`${what}: ${place(source)} is not set in the worker.`, false);
    return value;
  }
  if ('file' in source) {
    try {
      return await readFile(source.file, 'utf8');
    } catch (error) {
      throw new SecretError(`${what}: ${place(source)} cannot be read (${codeOf(error)}).`, false);
    }
  }
  return outputOf(what, source, env);
}

function outputOf(
  what: string,
  source: { command: readonly string[] },
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<string> {
  const [program = '', ...args] = source.command;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: LONGEST_SECRET_BYTES, encoding: 'utf8' },
      (error, stdout) => {
        // What the program wrote may be the secret, or part of it.
        if (error === null) resolve(stdout);
        else reject(new SecretError(`${what}: ${place(source)} failed (${reasonOf(error)}).`, true));
      },
    );
  });
}

function place(source: SecretSource): string {
  if ('env' in source) return `the environment variable ${source.env}`;
  if ('file' in source) return `the file ${source.file}`;
  return `the command ${source.command[0] ?? ''}`;
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }): string {
  if (error.killed === true) return `no answer within ${COMMAND_TIMEOUT_MS / 1_000} s`;
  return typeof error.code === 'number' ? `exit code ${error.code}` : codeOf(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
