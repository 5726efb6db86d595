import type { LogLevel } from '../logging/log-level.js';
import { isReportedElsewhere, jsonLine, prettyLine, type LogRecord } from '../logging/log-record.js';
import { neutralize } from './neutralize.js';

export type LogFormat = 'pretty' | 'json';

/** How the command talks besides its result. */
export interface MessengerOptions {
  format: LogFormat;
  level: LogLevel;
  /** Gets whole lines, with their ends. */
  write: (text: string) => void;
  /** The text without secrets. */
  redact: (text: string) => string;
}

/** Says things on stderr: to people, or as lines of JSON to programs. */
export class Messenger {
  readonly #options: MessengerOptions;

  constructor(options: MessengerOptions) {
    this.#options = options;
  }

  /** A record of the SDK's logger. */
  log(record: LogRecord): void {
    const { format, level, write, redact } = this.#options;
    const isVerbose = level === 'trace' || level === 'debug';
    if (format === 'json') write(`${jsonLine(record, redact)}\n`);
    else if (isVerbose || !isReportedElsewhere(record)) write(`${prettyLine(record, redact, isVerbose)}\n`);
  }

  /** A message of the command itself; it may have several lines. */
  say(level: 'info' | 'warn' | 'error', message: string): void {
    const { format, write, redact } = this.#options;
    const text = neutralize(redact(message));
    write(
      format === 'json' ? `${JSON.stringify({ time: new Date().toISOString(), level, msg: text })}\n` : `${text}\n`,
    );
  }
}
