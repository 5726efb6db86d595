import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';

/** Counts the requests of all clients of this process that wait for an answer, for a clock that must stand still meanwhile. */
export class HttpUnderWay {
  #count = 0;
  readonly #listener = (message: unknown): void => {
    const { type } = message as HttpEvent;
    if (type === 'request') this.#count += 1;
    if (type === 'response' || type === 'failure') this.#count -= 1;
  };

  constructor() {
    subscribe(HTTP_CHANNEL, this.#listener);
  }

  readonly busy = (): boolean => this.#count > 0;

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listener);
  }
}
