import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';

const commands = createProgram().commands.filter((command) => !['help', 'complete'].includes(command.name()));

/** All of a command's help, with the text after the options. */
function helpOf(command: (typeof commands)[number]): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

describe('the program', () => {
  it('has the commands', () => {
    expect(commands.map((command) => command.name())).toEqual(
      expect.arrayContaining(['check', 'collect', 'completion']),
    );
  });

  it.each(commands.map((command) => [command.name(), command] as const))(
    'helps with %s by examples',
    (_name, command) => {
      const help = helpOf(command);

      expect(help).toContain('Examples:\n  $ ');
      expect(help).not.toMatch(/default: (?:false|\[\])/);
      for (const option of command.options) expect(option.description).not.toBe('');
    },
  );
});
