import type { LogFormat } from '../terminal/messenger.js';
import { JsonProgress } from './json-progress.js';
import { PlainProgress } from './plain-progress.js';
import type { ProgressView } from './progress-view.js';
import { QuietProgress } from './quiet-progress.js';

/** What decides how progress is shown. */
export interface ProgressChoice {
  vendors: readonly string[];
  format: LogFormat;
  quiet: boolean;
  /** Many log lines between the picture's would tear it. */
  talkative: boolean;
  stream: NodeJS.WriteStream;
  env: Readonly<NodeJS.ProcessEnv>;
}

/**
 * A live picture in a terminal, plain lines elsewhere.
 *
 * @param write gets a line without its end.
 */
export async function chooseProgress(choice: ProgressChoice, write: (line: string) => void): Promise<ProgressView> {
  if (choice.quiet) return new QuietProgress();
  if (choice.format === 'json') return new JsonProgress(write);
  const { isTTY } = choice.stream;
  const isLive = isTTY && !choice.talkative && choice.env['TERM'] !== 'dumb' && (choice.env['CI'] ?? '') === '';
  if (!isLive) return new PlainProgress(write);
  const { TerminalProgress } = await import('./terminal-progress.js');
  return new TerminalProgress(choice.vendors, choice.stream, write);
}
