import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '../http-events.js';

/** Counts the requests of all clients of this process that wait for the end of their answers, from its making to `stop()`. */
export class RequestsUnderWay {
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

  get count(): number {
    return this.#count;
  }

  /** For how long no client has told anything, in real milliseconds. */
  get quietMs(): number {
    return performance.now() - this.#lastNews;
  }

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listener);
  }
}
