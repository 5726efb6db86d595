import type { Readable } from 'node:stream';
import type { Clock } from '@vendor-graph/flow-control';
import { startTimer } from './timer.js';

/** No byte came for the whole time limit while somebody waited for it. */
export class IdleTimeout extends Error {}

/**
 * The bytes of an answer as they come in. The time limit between two pieces counts only while somebody waits for the next
 * one: a consumer that takes its time, and thereby holds the server back, is not the server's fault.
 */
export class BodySource {
  readonly #pieces: AsyncIterator<Buffer>;
  #waitingSince: number | undefined;
  #stopTimer: (() => void) | undefined;
  #bytes = 0;
  #expired = false;

  constructor(
    private readonly body: Readable,
    private readonly clock: Clock,
    private readonly idleMs: number,
  ) {
    // Its errors reach whoever reads; when nobody does any more, they must not end the process.
    body.on('error', () => undefined);
    this.#pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#watch(idleMs);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * @returns undefined at the regular end
   * @throws IdleTimeout, or what broke the connection
   */
  async next(): Promise<Buffer | undefined> {
    this.#waitingSince = this.clock.monotonic();
    try {
      const piece = await this.#pieces.next();
      if (piece.done === true) {
        this.#stopTimer?.();
        return undefined;
      }
      this.#bytes += piece.value.length;
      return piece.value;
    } catch (error) {
      this.#stopTimer?.();
      throw this.#expired ? new IdleTimeout() : error;
    } finally {
      this.#waitingSince = undefined;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) yield piece;
  }

  /** Gives up what is not read yet; the connection is closed unless the body was at its end. */
  discard(): void {
    this.#stopTimer?.();
    this.body.destroy();
  }

  /** One timer for many pieces: it looks how long somebody has waited, and sleeps for the rest. */
  #watch(ms: number): void {
    this.#stopTimer = startTimer(this.clock, ms, () => {
      const waitedMs = this.#waitingSince === undefined ? 0 : this.clock.monotonic() - this.#waitingSince;
      if (waitedMs < this.idleMs) {
        this.#watch(this.idleMs - waitedMs);
        return;
      }
      this.#expired = true;
      this.body.destroy(new IdleTimeout());
    });
  }
}
