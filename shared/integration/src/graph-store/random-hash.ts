import { randomInt } from 'node:crypto';

/** Added to the four parts of the state after each block, as in MurmurHash3. */
const STEP_1 = 0x561ccd1b;
const STEP_2 = 0x0bcaa747;
const STEP_3 = 0x96cd1c35;
const STEP_4 = 0x32ac3b17;
/** Words of 32 bits that are taken at once. */
const BLOCK = 4;
const WORD_BYTES = 4;
const BLOCK_BYTES = BLOCK * WORD_BYTES;
const FIRST_ROOM = 1_024;

const encoder = new TextEncoder();

/**
 * A hash of 128 bits, computed as MurmurHash3 (x86, 128 bits) does it, over the characters of a text. Its multipliers and
 * its seeds are drawn at random for each instance: two instances give different hashes of the same text, and nobody
 * outside of the process can choose texts that have the same one.
 */
export class RandomHash {
  /** Four parts of 32 bits, of the text that was hashed last. The last one is never 0. */
  readonly words = new Uint32Array(4);
  #last: string | undefined;
  /** The text as bytes, and the same memory as words: that is read three times as fast as characters one by one. */
  #bytes = Buffer.alloc(0);
  #input = new Int32Array(0);
  readonly #seed1 = randomInt(2 ** 32) | 0;
  readonly #seed2 = randomInt(2 ** 32) | 0;
  readonly #seed3 = randomInt(2 ** 32) | 0;
  readonly #seed4 = randomInt(2 ** 32) | 0;
  // Odd, so that multiplying loses nothing.
  readonly #multiplier1 = randomInt(2 ** 32) | 1;
  readonly #multiplier2 = randomInt(2 ** 32) | 1;
  readonly #multiplier3 = randomInt(2 ** 32) | 1;
  readonly #multiplier4 = randomInt(2 ** 32) | 1;

  /** Computes the hash of a text; answers {@link words}. Nothing is computed for the text that was hashed last. */
  of(text: string): Uint32Array {
    // Whether a key is there is asked right before it is added.
    if (text === this.#last) return this.words;
    this.#last = text;
    const { length } = text;
    const bytes = this.#load(text);
    const end = bytes / WORD_BYTES;
    const input = this.#input;
    const c1 = this.#multiplier1;
    const c2 = this.#multiplier2;
    const c3 = this.#multiplier3;
    const c4 = this.#multiplier4;
    let h1 = this.#seed1;
    let h2 = this.#seed2;
    let h3 = this.#seed3;
    let h4 = this.#seed4;
    for (let at = 0; at < end; at += BLOCK) {
      h1 ^= Math.imul(rotated(Math.imul(input[at] ?? 0, c1), 15), c2);
      h1 = (Math.imul(rotated(h1, 19) + h2, 5) + STEP_1) | 0;
      h2 ^= Math.imul(rotated(Math.imul(input[at + 1] ?? 0, c2), 16), c3);
      h2 = (Math.imul(rotated(h2, 17) + h3, 5) + STEP_2) | 0;
      h3 ^= Math.imul(rotated(Math.imul(input[at + 2] ?? 0, c3), 17), c4);
      h3 = (Math.imul(rotated(h3, 15) + h4, 5) + STEP_3) | 0;
      h4 ^= Math.imul(rotated(Math.imul(input[at + 3] ?? 0, c4), 18), c1);
      h4 = (Math.imul(rotated(h4, 13) + h1, 5) + STEP_4) | 0;
    }
    // With both lengths, a text differs from the same with zeros behind it, and from one that is written in the other way.
    h2 ^= bytes;
    h1 = mixed((h1 ^ length) + h2 + h3 + h4);
    h2 = mixed(h2 + h1);
    h3 = mixed(h3 + h1);
    h4 = mixed(h4 + h1);
    h1 = (h1 + h2 + h3 + h4) | 0;
    const { words } = this;
    words[0] = h1;
    words[1] = h2 + h1;
    words[2] = h3 + h1;
    words[3] = (h4 + h1) | 0 || 1;
    return words;
  }

  /** Writes the text as bytes, with zeros behind it up to the end of a block; answers how many bytes the text has. */
  #load(text: string): number {
    const mostBytes = 2 * text.length + BLOCK_BYTES;
    if (mostBytes > this.#bytes.length) this.#makeRoom(mostBytes);
    let length = encoder.encodeInto(text, this.#bytes).written;
    // UTF-8 is the fastest to make, but two halves of surrogate pairs are the same in it: only ASCII may stay.
    if (length > text.length) length = this.#bytes.write(text, 'utf16le');
    this.#bytes.fill(0, length, length + BLOCK_BYTES);
    return length;
  }

  #makeRoom(bytes: number): void {
    const memory = new ArrayBuffer(
      BLOCK_BYTES * Math.ceil(Math.max(bytes, 2 * this.#bytes.length, FIRST_ROOM) / BLOCK_BYTES),
    );
    this.#bytes = Buffer.from(memory);
    this.#input = new Int32Array(memory);
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Lets each bit of a word depend on all of its bits. */
function mixed(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
