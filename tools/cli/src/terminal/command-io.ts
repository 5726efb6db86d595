import { EXIT_CODES } from '../collect/run-status.js';
import { CommandError } from '../command-error.js';
import type { LogLevel } from '../logging/log-level.js';
import { Redactor } from '../secrets/redactor.js';
import { guardStreams, type GuardedStreams } from './guarded-streams.js';
import { Messenger, type LogFormat } from './messenger.js';

/** The options of every command that runs a vendor: what it says on stderr. */
export interface OutputOptions {
  logLevel?: LogLevel;
  logFormat: LogFormat;
  quiet: boolean;
  verbose: boolean;
}

/** How a command talks to the world, without secrets. */
export interface CommandIo {
  streams: GuardedStreams;
  messenger: Messenger;
  redactor: Redactor;
  logLevel: LogLevel;
  /** Whether there will be many log lines. */
  isTalkative: boolean;
}

/**
 * Takes over the streams of this process: from now on nothing leaves it that was not searched for secrets, not even the
 * message of an error that nobody catches.
 */
export function openCommandIo({ logLevel, logFormat, quiet, verbose }: OutputOptions): CommandIo {
  const redactor = new Redactor();
  const redact = (text: string): string => redactor.redact(text);
  const streams = guardStreams(process, redact);
  const level = logLevel ?? (quiet ? 'error' : verbose ? 'debug' : 'warn');
  const messenger = new Messenger({ format: logFormat, level, write: streams.message, redact });
  // Node itself would print the error past the guarded streams.
  process.on('uncaughtException', (error) => {
    messenger.say('error', `unexpected ${error.name}: ${error.message}\n${error.stack ?? ''}`);
    process.exit(EXIT_CODES.failure);
  });
  return { streams, messenger, redactor, logLevel: level, isTalkative: ['trace', 'debug', 'info'].includes(level) };
}

/**
 * Does the work of a command: what the user can correct is said and ends it with 1, and all that was said is written out.
 *
 * @returns the exit code.
 * @throws whatever else the work throws.
 */
export async function exitCodeOf(
  { messenger, streams }: Pick<CommandIo, 'messenger' | 'streams'>,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    messenger.say('error', error.message);
    return EXIT_CODES.failure;
  } finally {
    await streams.flush();
  }
}
