import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../program.js';
import { installedCommands } from './installed-commands.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'installed-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function install(main: string): void {
  const folder = join(cwd, 'node_modules', '@vendor-graph', 'fleet');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: '@vendor-graph/fleet', version: '9.9.9', type: 'module', exports: './index.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'index.js'), main);
}

describe('commands of installed packages', () => {
  it('appear in the program', async () => {
    install("export const registerCommand = (program) => { program.command('fleet').description('many accounts'); };");

    const program = createProgram(await installedCommands(cwd));

    expect(program.commands.map((command) => command.name())).toContain('fleet');
    expect(program.helpInformation()).toContain('many accounts');
  });

  it('are none of a package that brings none', async () => {
    install('export const version = 1;');

    expect(await installedCommands(cwd)).toEqual([]);
  });

  it('are known to the completion', async () => {
    install("export const registerCommand = (program) => { program.command('fleet'); };");

    const names = createProgram(await installedCommands(cwd)).commands.map((command) => command.name());

    expect(names.indexOf('fleet')).toBeLessThan(names.indexOf('complete'));
  });
});
