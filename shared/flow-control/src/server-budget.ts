/** What an answer told about the window that the server counts in. */
interface ServerWindow {
  limit?: number;
  remaining?: number;
  resetAfterMs?: number;
}

/**
 * Clocks with a resolution of a second and answers that overtake each other make the reset time of one window wobble;
 * a reset time further off belongs to another window.
 */
const RESET_WOBBLE_MS = 1_500;

/** The starts that the server still grants in its own window, as its answers tell; it sees what other clients take. */
export class ServerBudget {
  readonly #defaultWindowMs: number;
  #limit: number | undefined;
  #windowMs: number;
  #remaining = Infinity;
  #resetAt = -Infinity;
  #windowResetAt = -Infinity;

  constructor(defaultWindowMs: number) {
    this.#defaultWindowMs = defaultWindowMs;
    this.#windowMs = defaultWindowMs;
  }

  learn({ limit, remaining, resetAfterMs }: ServerWindow, now: number): void {
    this.#limit = limit ?? this.#limit;
    if (resetAfterMs !== undefined) this.#windowMs = Math.max(this.#windowMs, resetAfterMs);
    if (remaining === undefined) return;
    const resetAt = now + (resetAfterMs ?? this.#defaultWindowMs);
    if (now >= this.#resetAt || resetAt > this.#windowResetAt + RESET_WOBBLE_MS) {
      this.#windowResetAt = resetAt;
      this.#remaining = remaining;
    } else {
      // Answers overtake each other: the smallest number is the latest.
      this.#remaining = Math.min(this.#remaining, remaining);
    }
    this.#resetAt = resetAt;
  }

  /** @param outstanding requests without an answer so far: the server may not have counted them yet */
  opensAt(outstanding: number, now: number): number {
    if (now >= this.#resetAt) {
      this.#remaining = this.#limit ?? Infinity;
      if (this.#limit !== undefined && this.#resetAt > -Infinity) this.#resetAt = now + this.#windowMs;
    }
    return this.#remaining > outstanding ? -Infinity : this.#resetAt;
  }
}
