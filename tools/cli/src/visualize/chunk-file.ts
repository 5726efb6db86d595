import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { chunkElementId } from './page-data.js';

const deflate = promisify(deflateRaw);

/** The chunks of a page while they are made: elements that hold deflated bytes, in a file, one a line. */
export class ChunkFile {
  readonly path: string;
  readonly #file: FileHandle;
  #count = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async create(path: string): Promise<ChunkFile> {
    return new ChunkFile(path, await open(path, 'w'));
  }

  /** Adds a chunk and answers its number. */
  async add(content: string | Uint8Array): Promise<number> {
    const chunk = this.#count;
    this.#count += 1;
    const deflated = await deflate(content);
    // The alphabet of base64 holds nothing that could end the element.
    const element = `<script type="text/plain" id="${chunkElementId(chunk)}">${deflated.toString('base64')}</script>\n`;
    await this.#file.write(element);
    return chunk;
  }

  addJson(content: unknown): Promise<number> {
    return this.add(JSON.stringify(content));
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
