import { readFileSync } from 'node:fs';
import { Command, Help, type Option } from 'commander';
import { commands } from './commands/command-registry.js';

const EXAMPLES = `
Examples:
  $ vendor-graph collect runzero --simulate
  $ vendor-graph collect --all
  $ vendor-graph collect --help`;

/** The command line of `vendor-graph`. */
export function createProgram(): Command {
  const program = new Command('vendor-graph')
    .description('Security vendors in one JupiterOne graph.')
    .version(ownVersion(), '-V, --version')
    .configureHelp({ optionDescription: withoutEmptyDefault })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', EXAMPLES);
  for (const register of commands) register(program);
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
