import { runStatus } from '../summary/status-words.js';
import { duration } from '../terminal/amounts.js';
import { neutralizeLine } from '../terminal/neutralize.js';
import type { ProgressEvent } from './progress-event.js';
import type { ProgressView } from './progress-view.js';
import { RunProgress } from './run-progress.js';
import { endWords, runningWords } from './step-words.js';

/** How often a step that takes long gives a sign of life. */
const SIGN_OF_LIFE_MS = 30_000;

/** Progress where there is no terminal: a line when a step starts and ends, and every 30 s. */
export class PlainProgress implements ProgressView {
  readonly followsRequests = false;
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #runs = new Map<string, RunProgress>();
  readonly #timer: NodeJS.Timeout;

  /**
   * @param write gets a line without its end.
   * @param now ms since the epoch.
   */
  constructor(write: (line: string) => void, now: () => number = Date.now) {
    this.#write = write;
    this.#now = now;
    this.#timer = setInterval(() => {
      this.giveSignOfLife();
    }, SIGN_OF_LIFE_MS).unref();
  }

  show(vendor: string, event: ProgressEvent): void {
    const run = this.#runs.get(vendor) ?? new RunProgress();
    this.#runs.set(vendor, run);
    run.apply(event, this.#now());
    const line = this.#lineFor(run, event);
    if (line !== undefined) this.#write(`${vendor}${line}`);
  }

  /** A line for each running step. */
  giveSignOfLife(): void {
    const now = this.#now();
    for (const [vendor, run] of this.#runs)
      for (const step of run.running) this.#write(`${vendor} ${step.id}: ${runningWords(step, now)}`);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
  }

  #lineFor(run: RunProgress, event: ProgressEvent): string | undefined {
    switch (event.type) {
      case 'phase':
        return event.phase === 'checking credentials' ? ': checking credentials' : undefined;
      case 'step-start':
        return ` ${event.step}: started`;
      case 'step-end': {
        const step = run.step(event.step);
        return step === undefined ? undefined : ` ${event.step}: ${endWords(step)}`;
      }
      case 'notice':
        return `: ${event.level === 'info' ? '' : `${event.level}: `}${neutralizeLine(event.message)}`;
      case 'end':
        if (this.#runs.size === 1) return undefined;
        return `: ${runStatus(event.status)} in ${duration(event.durationMs)}`;
      case 'objects':
      case 'request':
      case 'wait':
        return undefined;
    }
  }
}
