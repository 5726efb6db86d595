import type { ProgressEvent } from './progress-event.js';

/** Shows how runs go on. */
export interface ProgressView {
  show(vendor: string, event: ProgressEvent): void;
  /** Nothing is shown any more. */
  end(): Promise<void>;
}
