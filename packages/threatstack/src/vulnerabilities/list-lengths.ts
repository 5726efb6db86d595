/** Lengths at which servers cut lists off. */
const CUT_OFF_LENGTHS: ReadonlySet<number> = new Set([10, 20, 25, 50, 100, 200, 250, 500, 1_000]);

/** So many rows of exactly the greatest length are no coincidence. */
const SUSPICIOUS_ROWS = 3;

/** Counts how long the lists of agents in the rows of a listing are, to tell whether they may have been cut off. */
export class ListLengths {
  #longest = 0;
  #rowsWithLongest = 0;

  add(length: number): void {
    if (length > this.#longest) {
      this.#longest = length;
      this.#rowsWithLongest = 0;
    }
    if (length === this.#longest) this.#rowsWithLongest += 1;
  }

  /**
   * The length at which lists may have been cut off: the greatest one, if it is a round number that several rows share.
   * Whether they were, only the server can tell.
   */
  get suspicious(): number | undefined {
    return CUT_OFF_LENGTHS.has(this.#longest) && this.#rowsWithLongest >= SUSPICIOUS_ROWS ? this.#longest : undefined;
  }
}
