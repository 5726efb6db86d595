import { DefaultRenderer, Listr, ListrLogger, ProcessOutput, type ListrTaskWrapper } from 'listr2';
import { runStatus } from '../summary/status-words.js';
import { counted, duration } from '../terminal/amounts.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import type { ProgressEvent } from './progress-event.js';
import type { ProgressView } from './progress-view.js';
import { RunProgress } from './run-progress.js';
import { endWords, runningWords } from './step-words.js';

/** How often the lines are drawn anew; the eye wants no more. */
const REDRAW_MS = 200;

/** listr2 asks only whether stdout is a terminal; ours may be a file while the progress is drawn on stderr. */
class LiveRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

type Task = ListrTaskWrapper<object, typeof LiveRenderer, typeof LiveRenderer>;

interface Row {
  progress: RunProgress;
  startedAt: number;
  task?: Task;
  finish?: () => void;
}

/** Progress in a terminal: a line for each vendor, and below it one for each running step. */
export class TerminalProgress implements ProgressView {
  readonly followsRequests = true;
  readonly #rows = new Map<string, Row>();
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  readonly #drawn: Promise<void>;

  /**
   * @param vendors what will be shown, in this order.
   * @param stream the terminal.
   * @param write gets lines that shall stay on the screen.
   * @param now ms since the epoch.
   */
  constructor(
    vendors: readonly string[],
    stream: NodeJS.WriteStream,
    write: (line: string) => void,
    now: () => number = Date.now,
  ) {
    this.#write = write;
    this.#now = now;
    for (const vendor of vendors) this.#rows.set(vendor, { progress: new RunProgress(), startedAt: now() });
    const tasks = new Listr(
      vendors.map((vendor) => ({
        title: vendor,
        task: (_context: object, task: Task) => this.#untilFinished(vendor, task),
        // The latest state, and all its lines.
        rendererOptions: { outputBar: 1 },
      })),
      {
        renderer: LiveRenderer,
        fallbackRenderer: LiveRenderer,
        concurrent: true,
        exitOnError: false,
        // The command decides what Ctrl-C does.
        registerSignalListeners: false,
        rendererOptions: { logger: loggerOn(stream), formatOutput: 'truncate', showErrorMessage: false },
      },
    );
    this.#drawn = tasks.run().then(() => undefined);
    this.#timer = setInterval(() => {
      this.#redraw();
    }, REDRAW_MS).unref();
  }

  show(vendor: string, event: ProgressEvent): void {
    const row = this.#rows.get(vendor);
    if (row === undefined) return;
    row.progress.apply(event, this.#now());
    if (event.type === 'notice' && event.level !== 'info') this.#write(`${vendor}: ${neutralizeLine(event.message)}`);
    if (event.type === 'end') {
      this.#redraw();
      row.finish?.();
    }
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#redraw();
    for (const { finish } of this.#rows.values()) finish?.();
    await this.#drawn;
  }

  #untilFinished(vendor: string, task: Task): Promise<void> {
    return new Promise((resolve, reject) => {
      const row = this.#rows.get(vendor);
      if (row === undefined) {
        resolve();
        return;
      }
      row.task = task;
      row.finish = () => {
        if (row.progress.end?.status === 'success') resolve();
        else reject(new Error(vendor));
      };
    });
  }

  #redraw(): void {
    const now = this.#now();
    for (const [vendor, { progress, startedAt, task }] of this.#rows) {
      if (task === undefined) continue;
      task.title = `${vendor}: ${titleWords(progress, now - startedAt)}`;
      task.output = stepLines(progress, now).join('\n');
    }
  }
}

function loggerOn(stream: NodeJS.WriteStream): ListrLogger<never> {
  return new ListrLogger({ useIcons: true, toStderr: [], processOutput: new ProcessOutput(stream, stream) });
}

/** `collecting, 3 steps done, 12 requests, 4.2 s`. */
function titleWords({ phase, steps, running, requests, end }: RunProgress, elapsedMs: number): string {
  if (end !== undefined) return `${runStatus(end.status)} in ${duration(end.durationMs)}`;
  if (phase !== 'collecting') return `${phase}, ${duration(elapsedMs)}`;
  const done = counted(steps.length - running.length, 'step');
  return `${phase}, ${done} done, ${counted(requests, 'request')}, ${duration(elapsedMs)}`;
}

/** What has failed, and what is running. */
function stepLines({ steps }: RunProgress, now: number): string[] {
  return steps.flatMap((step) => {
    if (step.end === undefined) return [`${step.id}: ${runningWords(step, now)}`];
    return step.end.error === undefined ? [] : [`${step.id}: ${endWords(step)}`];
  });
}
