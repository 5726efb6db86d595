/** So many buffers are kept for the next files. */
const MOST_SPARE = 8;
const FIRST_BYTES = 64 * 1024;

/**
 * Buffers that are used again and again. A graph takes thousands of them one after the other; those that are left to the
 * garbage collector stay until it looks at the whole heap, and that is hundreds of megabytes later.
 */
export class BufferPool {
  readonly #spare: Buffer[] = [];

  /** A buffer of this size at least, with any content. */
  take(size = FIRST_BYTES): Buffer {
    const index = this.#spare.findIndex(({ length }) => length >= size);
    const [fitting] = index === -1 ? [] : this.#spare.splice(index, 1);
    return fitting ?? Buffer.allocUnsafeSlow(size);
  }

  /** Gives a buffer back, which must not be used afterwards. */
  giveBack(buffer: Buffer): void {
    this.#spare.push(buffer);
    if (this.#spare.length <= MOST_SPARE) return;
    // The smallest is the least loss.
    this.#spare.sort((a, b) => a.length - b.length);
    this.#spare.shift();
  }
}
