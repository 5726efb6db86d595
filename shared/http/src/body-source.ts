import type { Clock } from '@vendor-graph/flow-control';
import type { Transmission } from './transmission.js';

/** No byte came for the whole time limit while somebody waited for it. */
export class IdleTimeout extends Error {}

/** Nobody wants the rest of the body. One for all: nobody sees it, and an error is slow to make. */
const DISCARDED = new Error('the rest of the body is not wanted');

/**
 * The bytes of an answer as they come in. The time limit between two pieces counts only while somebody waits for the next
 * one: a consumer that takes its time, and thereby holds the server back, is not the server's fault.
 */
export class BodySource {
  #waitingSince: number | undefined;
  #stopTimer: (() => void) | undefined;
  #bytes = 0;

  constructor(
    private readonly transmission: Transmission,
    private readonly clock: Clock,
    private readonly idleMs: number,
  ) {
    this.#watch(idleMs);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws IdleTimeout, or what broke the connection */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (;;) {
        this.#waitingSince = this.clock.monotonic();
        const piece = await this.transmission.next();
        this.#waitingSince = undefined;
        if (piece === undefined) return;
        this.#bytes += piece.length;
        yield piece;
      }
    } finally {
      this.#stopTimer?.();
    }
  }

  /** Gives up what is not read yet; the connection is closed unless the body was at its end. */
  discard(): void {
    this.#stopTimer?.();
    this.transmission.abort(DISCARDED);
  }

  /** One timer for many pieces: it looks how long somebody has waited, and sleeps for the rest. */
  #watch(ms: number): void {
    this.#stopTimer = this.clock.after(ms, () => {
      const waitedMs = this.#waitingSince === undefined ? 0 : this.clock.monotonic() - this.#waitingSince;
      const leftMs = this.idleMs - waitedMs;
      // Less than a timer can measure is what rounding has left over: sleeping for it would never end.
      if (leftMs >= 1) this.#watch(leftMs);
      else this.transmission.abort(new IdleTimeout());
    });
  }
}
