const FIRST_CAPACITY = 1_024;

/** A list of 32-bit integers that takes four bytes for each; it can be read and changed at any place, and grow. */
export class IntColumn {
  #values = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Answers the place of the value. */
  push(value: number): number {
    if (this.#length === this.#values.length) {
      const grown = new Int32Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
    return this.#length - 1;
  }

  /** 0 beyond the end. */
  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  /** Changes a value that is there; does nothing beyond the end. */
  set(place: number, value: number): void {
    if (place < this.#length) this.#values[place] = value;
  }
}
