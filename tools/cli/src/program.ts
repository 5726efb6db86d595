import { readFileSync } from 'node:fs';
import { Command, Help, type Option } from 'commander';
import { commands, type RegisterCommand } from './commands/command-registry.js';
import { registerCompletion } from './commands/completion.js';

const EXAMPLES = `
Examples:
  $ vendor-graph collect runzero --simulate
  $ vendor-graph collect --all
  $ vendor-graph collect --help`;

/**
 * The command line of `vendor-graph`.
 *
 * @param installed commands of other packages.
 */
export function createProgram(installed: readonly RegisterCommand[] = []): Command {
  const program = new Command('vendor-graph')
    .description('Security vendors in one JupiterOne graph.')
    .version(ownVersion(), '-V, --version')
    .configureHelp({ optionDescription: withoutEmptyDefault })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', EXAMPLES);
  // The completion knows the commands before it.
  for (const register of [...commands, ...installed, registerCompletion]) register(program);
  return program;
}

function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

/** That a switch is off and a list is empty by default goes without saying. */
function withoutEmptyDefault(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:false|\[\])\)$/, '');
}
