/** What a request may do, and the figures for its answer's headers. */
export interface QuotaAnswer {
  readonly isGranted: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** So many requests in a fixed window. The first request opens the first window; the others follow without a gap. */
export class RequestQuota {
  readonly #limit: number;
  readonly #windowMs: number;
  #windowStart = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts a request at this time (ms). A request that is not granted does not count. */
  take(now: number): QuotaAnswer {
    if (this.#windowStart === Number.NEGATIVE_INFINITY) this.#windowStart = now;
    if (now >= this.#windowStart + this.#windowMs) {
      this.#windowStart += Math.floor((now - this.#windowStart) / this.#windowMs) * this.#windowMs;
      this.#used = 0;
    }
    const isGranted = this.#used < this.#limit;
    if (isGranted) this.#used += 1;
    return {
      isGranted,
      limit: this.#limit,
      remaining: this.#limit - this.#used,
      resetMs: Math.ceil(this.#windowStart + this.#windowMs - now),
    };
  }
}
