import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTP_CHANNEL, type HttpEvent } from '@vendor-graph/http';

/** Counts the requests of all clients of the process that wait for their answers. */
export class RequestsUnderWay {
  #count = 0;
  readonly #listener = (message: unknown): void => {
    const { type } = message as HttpEvent;
    if (type === 'request') this.#count += 1;
    if (type === 'response' || type === 'failure') this.#count -= 1;
  };

  constructor() {
    subscribe(HTTP_CHANNEL, this.#listener);
  }

  get count(): number {
    return this.#count;
  }

  stop(): void {
    unsubscribe(HTTP_CHANNEL, this.#listener);
  }
}
