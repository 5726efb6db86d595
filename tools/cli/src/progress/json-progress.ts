import type { ProgressEvent } from './progress-event.js';
import type { ProgressView } from './progress-view.js';

/** Progress for programs: a line of JSON for each phase, step start and end, and notice. */
export class JsonProgress implements ProgressView {
  readonly followsRequests = false;
  readonly #write: (line: string) => void;
  readonly #now: () => number;

  /**
   * @param write gets a line without its end.
   * @param now ms since the epoch.
   */
  constructor(write: (line: string) => void, now: () => number = Date.now) {
    this.#write = write;
    this.#now = now;
  }

  show(vendor: string, { type, ...details }: ProgressEvent): void {
    if (type === 'objects' || type === 'request' || type === 'wait') return;
    const level = 'level' in details ? details.level : 'info';
    const time = new Date(this.#now()).toISOString();
    this.#write(JSON.stringify({ time, level, vendor, event: type, ...details }));
  }

  async end(): Promise<void> {
    // Nothing is held back.
  }
}
