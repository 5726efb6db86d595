import type { ProgressEvent } from './progress-event.js';

/** Shows how runs go on. */
export interface ProgressView {
  /**
   * Whether it wants to be told which step a request belongs to when several run. To know it, Node follows each promise,
   * which takes a collection seven percent of its CPU time.
   */
  readonly followsRequests: boolean;
  show(vendor: string, event: ProgressEvent): void;
  /** Nothing is shown any more. */
  end(): Promise<void>;
}
