import type { ChunkFile } from './chunk-file.js';
import { MEMBERS_IN_BLOCK, type PageRelationships } from './page-data.js';

/** Collects the relationships of one edge: the ends in memory, properties in chunks. */
export class RelationshipCollector {
  readonly #chunks: ChunkFile;
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #blocks: number[] = [];
  #block: object[] = [];

  constructor(chunks: ChunkFile) {
    this.#chunks = chunks;
  }

  async add(source: number, target: number, properties: object): Promise<void> {
    this.#sources.push(source);
    this.#targets.push(target);
    this.#block.push(properties);
    if (this.#block.length === MEMBERS_IN_BLOCK) await this.#endBlock();
  }

  async finish(): Promise<PageRelationships> {
    if (this.#block.length > 0) await this.#endBlock();
    const ends = Int32Array.from([...differences(this.#sources), ...differences(this.#targets)]);
    return {
      count: this.#sources.length,
      ends: await this.#chunks.add(littleEndian(ends)),
      blocks: this.#blocks,
    };
  }

  async #endBlock(): Promise<void> {
    const block = this.#block;
    this.#block = [];
    const isEmpty = block.every((properties) => Object.keys(properties).length === 0);
    this.#blocks.push(isEmpty ? -1 : await this.#chunks.addJson(block));
  }
}

function* differences(places: readonly number[]): Generator<number> {
  let last = 0;
  for (const place of places) {
    yield place - last;
    last = place;
  }
}

function littleEndian(values: Int32Array): Uint8Array {
  const bytes = Buffer.alloc(values.length * Int32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * Int32Array.BYTES_PER_ELEMENT);
  return bytes;
}
