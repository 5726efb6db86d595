import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';
import type { ProgressEvent } from '../progress/progress-event.js';
import type { HttpFigures } from './collect-report.js';
import { currentStep } from './step-context.js';

/**
 * Listens to the HTTP clients of this process, wherever they come from: they tell what they do on a diagnostics channel.
 */
export class HttpObserver {
  readonly #figures: HttpFigures = { requests: 0, retries: 0, rateLimitWaitMs: 0, bytes: 0 };
  readonly #onEvent: (event: ProgressEvent) => void;

  constructor(onEvent: (event: ProgressEvent) => void) {
    this.#onEvent = onEvent;
    subscribe(HTTP_CHANNEL, this.#listen);
  }

  get figures(): HttpFigures {
    return { ...this.#figures, rateLimitWaitMs: Math.round(this.#figures.rateLimitWaitMs) };
  }

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listen);
  }

  readonly #listen = (message: unknown): void => {
    const { type, reason, delayMs = 0, untilMs, bytes = 0 } = message as HttpEvent;
    switch (type) {
      case 'request':
        this.#figures.requests += 1;
        this.#onEvent({ type: 'request', step: currentStep() });
        break;
      case 'response':
      case 'failure':
        this.#figures.bytes += bytes;
        break;
      case 'retry':
        this.#figures.retries += 1;
        break;
      case 'wait':
        if (reason === 'rate-limit') this.#figures.rateLimitWaitMs += delayMs;
        if (reason !== undefined)
          this.#onEvent({ type: 'wait', step: currentStep(), reason, untilMs: untilMs ?? Date.now() + delayMs });
        break;
      case 'close':
        break;
    }
  };
}
