import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';
import { currentStep } from '../collect/step-context.js';

/** Watches the requests of each step, and of what else runs `inStep`. */
export class HttpWatch {
  readonly #answered = new Set<string>();
  readonly #requested = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor() {
    subscribe(HTTP_CHANNEL, this.#listen);
  }

  /** The requests so far of all steps whose name begins so. */
  requestsOf(prefix: string): number {
    return [...this.#counts].reduce((sum, [step, count]) => (step.startsWith(prefix) ? sum + count : sum), 0);
  }

  /** Whether a step has sent a request. */
  hasRequested(step: string): boolean {
    return this.#requested.has(step);
  }

  /** Whether a step got an answer, of whatever status. */
  hasAnswer(step: string): boolean {
    return this.#answered.has(step);
  }

  /** Where a step's first request went: scheme, host and port. */
  originOf(step: string): URL | undefined {
    const endpoint = this.#requested.get(step)?.split(' ').at(-1) ?? '';
    return URL.canParse(endpoint) ? new URL(new URL(endpoint).origin) : undefined;
  }

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listen);
  }

  readonly #listen = (message: unknown): void => {
    const { type, endpoint, status } = message as HttpEvent;
    const step = currentStep();
    if (step === undefined) return;
    if (type === 'request') {
      this.#counts.set(step, (this.#counts.get(step) ?? 0) + 1);
      if (!this.#requested.has(step)) this.#requested.set(step, endpoint);
    }
    if ((type === 'response' || type === 'failure') && status !== undefined) this.#answered.add(step);
  };
}
