import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCommand, WORKSPACE } from '../../test-support/run-command.js';

const PROCESS_TIMEOUT_MS = 60_000;

/** What a shell would offer after the words. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await runCommand(['complete', '--', ...words], { cwd: WORKSPACE });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map((line) => line.split('\t')[0] ?? '');
}

describe('vendor-graph completion', { timeout: PROCESS_TIMEOUT_MS }, () => {
  it.each([
    ['commands', ['co'], ['collect', 'completion']],
    ['vendors', ['collect', 'r'], ['runzero']],
    ['several vendors', ['collect', 'runzero', 'a'], ['aquasec']],
    ['options', ['collect', '--sim'], ['--simulate', '--simulated-credentials']],
    ['values of an option', ['collect', '--log-format', ''], ['pretty', 'json']],
  ])('offers %s', async (_what, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it.each([
    ['bash', /complete -F \w+ vendor-graph/],
    ['zsh', /#compdef vendor-graph/],
    ['fish', /complete -c vendor-graph/],
  ])('writes a script for %s', async (shell, words) => {
    const { code, stdout } = await runCommand(['completion', shell], { cwd: WORKSPACE });

    expect(code).toBe(0);
    expect(stdout).toMatch(words);
  });

  it('writes a script that bash can read', async () => {
    const { stdout } = await runCommand(['completion', 'bash'], { cwd: WORKSPACE });

    expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
  });
});
