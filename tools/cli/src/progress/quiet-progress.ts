import type { ProgressView } from './progress-view.js';

/** No progress at all, for `--quiet`. */
export class QuietProgress implements ProgressView {
  readonly followsRequests = false;

  show(): void {
    // Nothing.
  }

  async end(): Promise<void> {
    // Nothing.
  }
}
