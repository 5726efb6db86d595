import { createHash } from 'node:crypto';

/**
 * Pseudo-random data from a seed: the same seed and the same calls give the same values on every machine. The generator
 * is sfc32 (from the PractRand suite), seeded by hashing. Use `fork` to give each record a stream of its own, so that
 * record 7 is the same whether or not records 1 to 6 were made before.
 */
export class Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string | number) {
    this.#seed = String(seed);
    const state = createHash('sha1').update(this.#seed).digest();
    this.#a = state.readInt32LE(0);
    this.#b = state.readInt32LE(4);
    this.#c = state.readInt32LE(8);
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** An independent stream, the same for the same name whatever was drawn before. */
  fork(...name: readonly (string | number)[]): Random {
    return new Random([this.#seed, ...name].join('/'));
  }

  /** From 0 (included) to 1 (excluded). */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number; both ends are included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True so often. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the items. Throws a RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.');
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** So many different items, in random order; all of them when there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[] {
    const pool = [...items];
    const taken = Math.min(count, pool.length);
    for (let index = 0; index < taken; index += 1) {
      const other = this.integer(index, pool.length - 1);
      [pool[index], pool[other]] = [pool[other] as Item, pool[index] as Item];
    }
    return pool.slice(0, taken);
  }

  /** So many lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.#next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** A UUID of the random kind (version 4). */
  uuid(): string {
    const hex = this.hex(32);
    const variant = this.pick(['8', '9', 'a', 'b']);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
