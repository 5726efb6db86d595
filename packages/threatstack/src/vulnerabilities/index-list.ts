/** A growing list of small whole numbers that costs four bytes a number (twice that, while it has room to grow). */
export class IndexList {
  #numbers = new Uint32Array(4);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  /** The numbers in the order in which they came; the memory is the list's own. */
  values(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
