import { RandomHash } from './random-hash.js';

/** Numbers of 32 bits a key. */
const WORDS = 4;
const FIRST_CAPACITY = 1_024;
/** With more keys than this share of the slots, the search for a free one grows long. */
const MOST_LOAD = 0.8;
const GROWTH = 1.5;

/**
 * The keys of a graph, only to be asked for: of each key it holds a hash of 128 bits, in 20 to 30 bytes, however long the
 * key is. As texts in a `Map` they take up to ten times as much, and the garbage collector looks at each of them again and
 * again.
 *
 * Two keys with one hash would count as the same. In a graph of ten million keys that has a chance of one in 10^24.
 */
export class KeySet {
  readonly #hash = new RandomHash();
  #slots = new Uint32Array(FIRST_CAPACITY * WORDS);
  #capacity = FIRST_CAPACITY;
  #size = 0;

  has(key: string): boolean {
    return this.#isTaken(this.#slotOf(this.#hash.of(key), 0));
  }

  /** Adds a key; false when it was there before. */
  add(key: string): boolean {
    if (this.#size >= this.#capacity * MOST_LOAD) this.#grow();
    const hash = this.#hash.of(key);
    const slot = this.#slotOf(hash, 0);
    if (this.#isTaken(slot)) return false;
    this.#put(hash, 0, slot);
    this.#size += 1;
    return true;
  }

  /** Where a hash is, or else the free slot where it belongs. */
  #slotOf(hashes: Uint32Array, at: number): number {
    const slots = this.#slots;
    // Unlike a mask, this lets there be any number of slots.
    let slot = Math.floor(((hashes[at] ?? 0) / 2 ** 32) * this.#capacity) * WORDS;
    while (this.#isTaken(slot)) {
      if (
        slots[slot] === hashes[at] &&
        slots[slot + 1] === hashes[at + 1] &&
        slots[slot + 2] === hashes[at + 2] &&
        slots[slot + 3] === hashes[at + 3]
      )
        return slot;
      slot += WORDS;
      if (slot === slots.length) slot = 0;
    }
    return slot;
  }

  /** The last part of a hash is never 0. */
  #isTaken(slot: number): boolean {
    return this.#slots[slot + 3] !== 0;
  }

  #put(hashes: Uint32Array, at: number, slot: number): void {
    for (let word = 0; word < WORDS; word += 1) this.#slots[slot + word] = hashes[at + word] ?? 0;
  }

  #grow(): void {
    const hashes = this.#slots;
    this.#capacity = Math.ceil(this.#capacity * GROWTH);
    this.#slots = new Uint32Array(this.#capacity * WORDS);
    for (let at = 0; at < hashes.length; at += WORDS) {
      if (hashes[at + 3] !== 0) this.#put(hashes, at, this.#slotOf(hashes, at));
    }
  }
}
