import type { ChunkFile } from './chunk-file.js';
import { MEMBERS_IN_BLOCK, type PageMembers } from './page-data.js';

/** Collects the entities of one type: names and keys in memory, properties in chunks. */
export class MemberCollector {
  readonly #chunks: ChunkFile;
  readonly #names: string[] = [];
  readonly #keys: string[] = [];
  readonly #blocks: number[] = [];
  #block: object[] = [];

  constructor(chunks: ChunkFile) {
    this.#chunks = chunks;
  }

  get count(): number {
    return this.#keys.length;
  }

  /** Adds an entity and answers its place. */
  async add(name: string, key: string, properties: object): Promise<number> {
    const place = this.#keys.length;
    this.#names.push(name);
    this.#keys.push(key);
    this.#block.push(properties);
    if (this.#block.length === MEMBERS_IN_BLOCK) await this.#endBlock();
    return place;
  }

  async finish(): Promise<PageMembers> {
    if (this.#block.length > 0) await this.#endBlock();
    return {
      count: this.count,
      names: await this.#chunks.addJson(this.#names),
      keys: await this.#chunks.addJson(this.#keys),
      blocks: this.#blocks,
    };
  }

  async #endBlock(): Promise<void> {
    const block = this.#block;
    this.#block = [];
    this.#blocks.push(await this.#chunks.addJson(block));
  }
}
