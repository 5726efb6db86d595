import { RandomHash } from './random-hash.js';

/** Numbers of 32 bits that a hash takes. */
export const HASH_WORDS = 4;
const FIRST_CAPACITY = 1_024;
/** With more keys than this share of the slots, the search for a free one grows long. */
const MOST_LOAD = 0.8;
const GROWTH = 1.5;

/**
 * A hash table of keys: of each key it holds a hash of 128 bits, however long the key is, and what else its slot has room
 * for. As texts in a `Map` they take up to ten times as much, and the garbage collector looks at each of them again and
 * again.
 *
 * Two keys with one hash would count as the same. In a graph of ten million keys that has a chance of one in 10^24.
 */
export class KeyTable {
  readonly #hash = new RandomHash();
  readonly #width: number;
  #slots: Uint32Array;
  #capacity = FIRST_CAPACITY;
  #size = 0;

  /** @param extraWords numbers of 32 bits that are kept with each key */
  constructor(extraWords: number) {
    this.#width = HASH_WORDS + extraWords;
    this.#slots = new Uint32Array(FIRST_CAPACITY * this.#width);
  }

  /** Keys in it. */
  get size(): number {
    return this.#size;
  }

  /** All slots, one after the other; what is kept with a key stands behind its hash. Another one after each `insert`. */
  protected get slots(): Uint32Array {
    return this.#slots;
  }

  /** Where a key stands; a number below 0 when it is not there: {@link insert} takes it. */
  protected find(key: string): number {
    const slot = this.#slotOf(this.#hash.of(key), 0);
    return this.#isTaken(slot) ? slot : -1 - slot;
  }

  /**
   * Puts a key in that is not there yet.
   *
   * @param found what `find` has answered right before
   * @returns where it stands
   */
  protected insert(key: string, found: number): number {
    const hash = this.#hash.of(key);
    let slot = -1 - found;
    if (this.#size >= this.#capacity * MOST_LOAD) {
      this.#grow();
      slot = this.#slotOf(hash, 0);
    }
    for (let word = 0; word < HASH_WORDS; word += 1) this.#slots[slot + word] = hash[word] ?? 0;
    this.#size += 1;
    return slot;
  }

  /** Where a hash is, or else the free slot where it belongs. */
  #slotOf(hashes: Uint32Array, at: number): number {
    const slots = this.#slots;
    // Unlike a mask, this lets there be any number of slots.
    let slot = Math.floor(((hashes[at] ?? 0) / 2 ** 32) * this.#capacity) * this.#width;
    while (this.#isTaken(slot)) {
      if (
        slots[slot] === hashes[at] &&
        slots[slot + 1] === hashes[at + 1] &&
        slots[slot + 2] === hashes[at + 2] &&
        slots[slot + 3] === hashes[at + 3]
      )
        return slot;
      slot += this.#width;
      if (slot === slots.length) slot = 0;
    }
    return slot;
  }

  /** The last part of a hash is never 0. */
  #isTaken(slot: number): boolean {
    return this.#slots[slot + 3] !== 0;
  }

  #grow(): void {
    const before = this.#slots;
    this.#capacity = Math.ceil(this.#capacity * GROWTH);
    this.#slots = new Uint32Array(this.#capacity * this.#width);
    for (let at = 0; at < before.length; at += this.#width) {
      if (before[at + 3] === 0) continue;
      const slot = this.#slotOf(before, at);
      for (let word = 0; word < this.#width; word += 1) this.#slots[slot + word] = before[at + word] ?? 0;
    }
  }
}
