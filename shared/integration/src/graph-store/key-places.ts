import { RandomHash } from './random-hash.js';

/** Half of the slots stay empty at least: then a search looks at one or two. */
const FIRST_SLOTS = 1 << 10;

/**
 * Where the entities of a graph are, by their keys, in 16 bytes a key or less: a hash of the key and a number. Two keys may
 * have the same hash, so that a search answers with candidates. A million keys in a `Map` would take ten times as much,
 * and the garbage collector would look at each again and again.
 */
export class KeyPlaces {
  readonly #hash = new RandomHash();
  #hashes = new Uint32Array(FIRST_SLOTS);
  /** The place plus one; zero: the slot is empty. */
  #places = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  /** @param place a whole number from 0 to 2^32 - 2 */
  add(key: string, place: number): void {
    if ((this.#size + 1) * 2 > this.#places.length) this.#grow();
    this.#put(this.#hashOf(key), place + 1);
    this.#size += 1;
  }

  /** The places of all keys with the hash of this one. */
  *candidates(key: string): Generator<number, void, undefined> {
    const hash = this.#hashOf(key);
    const mask = this.#places.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.#places[slot] ?? 0;
      if (place === 0) return;
      if (this.#hashes[slot] === hash) yield place - 1;
    }
  }

  /** The first 32 of the 128 bits: they need not tell all keys apart. */
  #hashOf(key: string): number {
    return this.#hash.of(key)[0] ?? 0;
  }

  #put(hash: number, place: number): void {
    const mask = this.#places.length - 1;
    let slot = hash & mask;
    while (this.#places[slot] !== 0) slot = (slot + 1) & mask;
    this.#hashes[slot] = hash;
    this.#places[slot] = place;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const places = this.#places;
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#places = new Uint32Array(places.length * 2);
    for (const [slot, place] of places.entries()) if (place !== 0) this.#put(hashes[slot] ?? 0, place);
  }
}
