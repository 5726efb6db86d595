/** Permits `limit` starts in any window of `windowMs`, wherever the window begins. Remembers the last `limit` starts. */
export class SlidingWindow {
  readonly #starts: number[] = [];
  #oldest = 0;

  constructor(
    readonly limit: number,
    readonly windowMs: number,
  ) {}

  /** When the next start is permitted, in the time of the starts; -Infinity when at any time. */
  opensAt(): number {
    if (this.#starts.length < this.limit) return -Infinity;
    return (this.#starts[this.#oldest] ?? -Infinity) + this.windowMs;
  }

  start(now: number): void {
    if (this.#starts.length < this.limit) {
      this.#starts.push(now);
    } else {
      this.#starts[this.#oldest] = now;
      this.#oldest = (this.#oldest + 1) % this.limit;
    }
  }
}
