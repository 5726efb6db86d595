import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Texts are packed together from this size on, in characters: enough for good compression, little to unpack at once. */
const CHUNK_LENGTH = 128 * 1024;
/** Speed matters more than the last percent; descriptions shrink to about a third. */
const COMPRESSION_LEVEL = 1;

/**
 * Many texts that are written once and read once, kept compressed and outside of the JavaScript heap.
 *
 * A text must not hold a line break; JSON does not.
 */
export class PackedTexts {
  #chunks: Buffer[] = [];
  #pending: string[] = [];
  #pendingLength = 0;

  append(text: string): void {
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength >= CHUNK_LENGTH) this.#pack();
  }

  /** The texts in the order in which they were added. Each chunk is let go when it has been read. */
  *drain(): Generator<string, void, undefined> {
    for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) {
      yield* inflateRawSync(chunk).toString('utf8').split('\n');
    }
    yield* this.#pending;
    this.#pending = [];
    this.#pendingLength = 0;
  }

  #pack(): void {
    this.#chunks.push(deflateRawSync(this.#pending.join('\n'), { level: COMPRESSION_LEVEL }));
    this.#pending = [];
    this.#pendingLength = 0;
  }
}
