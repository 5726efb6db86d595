import type { Command } from 'commander';
import addCompletion from '@bomb.sh/tab/commander';
import { knownVendors } from '../vendors/known-vendors.js';

const EXAMPLES = `
Examples:
  $ source <(vendor-graph completion bash)         in ~/.bashrc
  $ source <(vendor-graph completion zsh)          in ~/.zshrc
  $ vendor-graph completion fish > ~/.config/fish/completions/vendor-graph.fish`;

/**
 * `vendor-graph completion`, and `vendor-graph complete`, which the shell's script asks. It knows the commands that were
 * added before.
 */
export function registerCompletion(program: Command): void {
  const completion = addCompletion(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.summary('write the script that completes commands, options and vendors in a shell')
    .addHelpText('after', EXAMPLES);
  for (const command of completion.commands.values()) {
    const vendors = command.arguments.get('vendors');
    if (vendors === undefined) continue;
    vendors.handler = (complete) => {
      for (const vendor of knownVendors(process.cwd())) complete(vendor, '');
    };
  }
}
