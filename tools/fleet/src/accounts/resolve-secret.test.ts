import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SecretSource } from './account.js';
import { resolveSecret, SecretError } from './resolve-secret.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  writeFileSync(join(folder, 'key'), 'from $file\n');
  writeFileSync(join(folder, 'lines'), 'one\ntwo\n\n');
  writeFileSync(join(folder, 'empty'), '\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const node = (script: string): SecretSource => ({ command: [process.execPath, '-e', script] });

describe('resolveSecret', () => {
  it.each([
    ['the environment', () => ({ env: 'KEY' }), 'from $env'],
    ['a file, without the end of its line', () => ({ file: join(folder, 'key') }), 'from $file'],
    ['a file of several lines', () => ({ file: join(folder, 'lines') }), 'one\ntwo\n'],
    ['a command', () => node('console.log("from $command")'), 'from $command'],
    ['a command that sees the environment', () => node('console.log(process.env.KEY)'), 'from $env'],
  ])('reads %s', async (_where, source, expected) => {
    expect(await resolveSecret('apiKey', source(), { KEY: 'from $env' })).toBe(expected);
  });

  it.each([
    [
      'a variable that is not set',
      () => ({ env: 'NONE' }),
      'apiKey: the environment variable NONE is not set in the worker.',
      false,
    ],
    ['a variable that is empty', () => ({ env: 'EMPTY' }), 'apiKey: the environment variable EMPTY is empty.', false],
    [
      'a file that is not there',
      () => ({ file: '/nowhere/key' }),
      'apiKey: the file /nowhere/key cannot be read (ENOENT).',
      false,
    ],
    [
      'a program that is not there',
      () => ({ command: ['/nowhere/vault'] }),
      'apiKey: the command /nowhere/vault failed (ENOENT).',
      true,
    ],
    [
      'a program that fails',
      () => node('console.log("canary"); console.error("canary"); process.exit(3)'),
      `apiKey: the command ${process.execPath} failed (exit code 3).`,
      true,
    ],
  ])('refuses %s', async (_what, source, message, passing) => {
    const error = await resolveSecret('apiKey', source(), { EMPTY: ' ' }).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(SecretError);
    expect(error).toMatchObject({ message, passing });
    expect(JSON.stringify(error)).not.toContain('canary');
  });
});
