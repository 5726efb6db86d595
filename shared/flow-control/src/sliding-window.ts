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
    this.#starts[this.#starts.length < this.limit ? this.#starts.length : this.#oldest] = now;
    if (this.#starts.length === this.limit) this.#oldest = (this.#oldest + 1) % this.limit;
  }
}
