import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';

/** Without any event of a client for so long, a request that is under way counts as stalled. Real ms. */
const STALL_MS = 150;

/** Knows whether requests wait for an answer: a virtual clock must stand still meanwhile, unless the answer has stalled. */
export class HttpUnderWay {
  #count = 0;
  #lastNews = performance.now();
  readonly #listener = (message: unknown): void => {
    const { type } = message as HttpEvent;
    this.#lastNews = performance.now();
    if (type === 'request') this.#count += 1;
    if (type === 'response' || type === 'failure') this.#count -= 1;
  };

  constructor() {
    subscribe(HTTP_CHANNEL, this.#listener);
  }

  readonly busy = (): boolean => this.#count > 0;

  readonly busyUnlessStalled = (): boolean => this.#count > 0 && performance.now() - this.#lastNews < STALL_MS;

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listener);
  }
}
