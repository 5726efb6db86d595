import type { Dispatcher } from 'undici';
import type { BackPressure } from './back-pressure.js';

/**
 * So many bytes of a body may wait for a slow reader before the server is held back; it goes on when all are read. Each time
 * it goes on, Node reads up to 64 KiB more from the socket: were less than that taken in at a time, undici's copy of what
 * it has not parsed would grow without end.
 */
const HIGH_WATER_BYTES = 256 * 1024;

/** Status line and headers of an answer. */
export interface WireHead {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * One request on the wire and the bytes of its answer. Stands where undici's `request` would: that keeps what has come in
 * of a body only as long as the connection stands, and cannot be ended while the connection is still being made.
 */
export class Transmission {
  #controller: Dispatcher.DispatchController | undefined;
  #head: { resolve: (head: WireHead) => void; reject: (error: unknown) => void } | undefined;
  #reader: { resolve: (piece: Buffer | undefined) => void; reject: (error: unknown) => void } | undefined;
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #state: 'open' | 'ended' | 'failed' = 'open';
  #failure: unknown;

  constructor(private readonly backPressure: BackPressure) {}

  /**
   * Sends the request and waits for the head of its answer.
   *
   * @throws what undici reports, or the reason of {@link Transmission.abort}
   */
  async send(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): Promise<WireHead> {
    return new Promise((resolve, reject) => {
      this.#head = { resolve, reject };
      dispatcher.dispatch(options, {
        onRequestStart: (controller) => {
          this.#controller = controller;
          if (this.#state === 'failed') controller.abort(this.#failure as Error);
        },
        onResponseStart: (_controller, status, headers, statusText = '') => {
          // An interim answer (103 Early Hints) comes before the real one.
          if (status >= 200) resolve({ status, statusText, headers });
        },
        onResponseData: (_controller, piece) => {
          this.#receive(piece);
        },
        onResponseEnd: () => {
          this.#end();
        },
        onResponseError: (_controller, error) => {
          this.#fail(error);
        },
      });
    });
  }

  /**
   * The next bytes of the body. One call at a time.
   *
   * @returns undefined at the regular end
   * @throws as {@link Transmission.send}, after all bytes that came in before
   */
  async next(): Promise<Buffer | undefined> {
    const piece = this.#queue.shift();
    if (piece !== undefined) {
      this.#queuedBytes -= piece.length;
      if (this.#queue.length === 0) this.resume();
      return piece;
    }
    if (this.#state === 'ended') return undefined;
    if (this.#state === 'failed') throw this.#failure;
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** Lets the server go on. */
  resume(): void {
    if (this.backPressure.release(this)) this.#controller?.resume();
  }

  /** Ends it, wherever it is, and drops what nobody has read. The connection is closed, unless the answer was complete. */
  abort(reason: Error): void {
    this.#queue.length = 0;
    if (this.#state !== 'open') return;
    this.#fail(reason);
    this.#controller?.abort(reason);
  }

  #receive(piece: Buffer): void {
    if (this.#reader !== undefined) {
      this.#reader.resolve(piece);
      this.#reader = undefined;
      return;
    }
    this.#queue.push(piece);
    this.#queuedBytes += piece.length;
    if (this.#queuedBytes >= HIGH_WATER_BYTES && this.backPressure.hold(this)) this.#controller?.pause();
  }

  #end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.backPressure.release(this);
    this.#reader?.resolve(undefined);
  }

  #fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#failure = error;
    this.backPressure.release(this);
    this.#head?.reject(error);
    this.#reader?.reject(error);
  }
}
