/** The daily quota that all account keys share, and the headers that tell of it. */
export class Quota {
  readonly #limit: number;
  /** Calls of former days, for the lifetime count. */
  readonly #before = 2_040;
  #today: number;

  constructor(limit: number, usedToday: number) {
    this.#limit = limit;
    this.#today = usedToday;
  }

  /** Counts a call; false: the quota is used up, and the call does not count. */
  take(): boolean {
    if (this.#today >= this.#limit) return false;
    this.#today += 1;
    return true;
  }

  headers(): Record<string, string> {
    return {
      'x-api-usage-limit': String(this.#limit),
      'x-api-usage-remaining': String(this.#limit - this.#today),
      'x-api-usage-today': String(this.#today),
      'x-api-usage-total': String(this.#before + this.#today),
    };
  }
}
