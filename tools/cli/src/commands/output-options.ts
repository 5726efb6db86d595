import { Option, type Command } from 'commander';
import { LOG_LEVELS } from '../logging/log-level.js';

/** The options of every command that runs a vendor: what it says on stderr. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--log-level <level>', 'least level of log lines (default: "warn")').choices(LOG_LEVELS))
    .addOption(
      new Option('--log-format <format>', 'log lines and progress for people or for programs')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .option('-q, --quiet', 'errors only: no progress, no summary', false)
    .option('-v, --verbose', 'the same as --log-level debug', false);
}
