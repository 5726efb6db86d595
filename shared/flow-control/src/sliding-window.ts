/** Permits `limit` starts in any window of `windowMs`, wherever the window begins. Remembers the last `limit` starts. */
export class SlidingWindow {
  readonly #starts: number[] = [];
  #oldest = 0;

  constructor(
    readonly limit: number,
    readonly windowMs: number,
  ) {}

  /**
   * When the next start is permitted, in the time of the starts; -Infinity when at any time.
   *
   * @param limit starts in a window, if fewer than usual
   */
  opensAt(limit = this.limit): number {
    const oldest = this.#start(limit);
    if (oldest === undefined) return -Infinity;
    const opensAt = oldest + this.windowMs;
    // A sum that was rounded down would put the start into the window that it has to stay out of.
    return opensAt - oldest < this.windowMs ? opensAt * (1 + Number.EPSILON) : opensAt;
  }

  start(now: number): void {
    if (this.#starts.length < this.limit) {
      this.#starts.push(now);
    } else {
      this.#starts[this.#oldest] = now;
      this.#oldest = (this.#oldest + 1) % this.limit;
    }
  }

  /** The start that is so many starts ago. */
  #start(ago: number): number | undefined {
    const count = this.#starts.length;
    return ago > count ? undefined : this.#starts[(this.#oldest + count - ago) % count];
  }
}
