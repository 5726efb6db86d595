import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress } from 'node:zlib';
import { IntegrationError } from '@jupiterone/integration-sdk-core';
import type { BufferPool } from './buffer-pool.js';
import type { GraphObject, GraphObjectKind } from './graph-object.js';
import { writeGraphFile, type FileOwner } from './storage-folder.js';

/** As many objects as the SDK puts into one file. */
export const MOST_OBJECTS = 500;
/** A file of large objects ends earlier, at so many bytes. */
const MOST_BYTES = 4 * 1024 * 1024;
/** A UTF-16 code unit takes up to so many bytes in UTF-8. */
const BYTES_A_UNIT = 3;
const CLOSING = ']}';

/**
 * One file of objects of one type. It grows in memory, as the bytes that it will have on disk: each object is serialized
 * once, when it is added, and nothing is kept of the object itself. Objects can be read at any time.
 */
export class ObjectFile {
  readonly owner: FileOwner;
  readonly #isCompressed = Boolean(process.env['INTEGRATION_FILE_COMPRESSION_ENABLED']);
  readonly #pool: BufferPool;
  #count = 0;
  /** Until it is on disk: its beginning, with a comma behind each object. */
  #bytes: Buffer | undefined;
  /** Where each object begins, and the next one would. Of relationships not once they are on disk: nobody looks for one. */
  #starts: number[] | Uint32Array;
  #path = '';

  constructor(owner: FileOwner, pool: BufferPool) {
    this.owner = owner;
    this.#pool = pool;
    this.#bytes = pool.take();
    this.#starts = [this.#bytes.write(`{"${owner.kind}":[`)];
  }

  /** Objects in it. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of it that are in memory. */
  get bufferedBytes(): number {
    return this.#bytes === undefined ? 0 : (this.#starts.at(-1) ?? 0);
  }

  get isFull(): boolean {
    return this.#count >= MOST_OBJECTS || this.bufferedBytes >= MOST_BYTES;
  }

  /** Adds an object; only before the file is written. */
  add(object: GraphObject): void {
    if (!Array.isArray(this.#starts)) throw new TypeError('This file is on disk: it takes no more objects.');
    const text = JSON.stringify(object);
    let position = this.bufferedBytes;
    const bytes = this.#withRoom(position + text.length * BYTES_A_UNIT + CLOSING.length);
    position += bytes.write(text, position);
    position += bytes.write(',', position);
    this.#starts.push(position);
    this.#count += 1;
  }

  /** Puts the file on disk. */
  async write(): Promise<void> {
    if (this.#bytes === undefined) return;
    // In the place of the last comma; there is room for it.
    const end = this.bufferedBytes - 1;
    const content = this.#bytes.subarray(0, end + this.#bytes.write(CLOSING, end));
    this.#path = await writeGraphFile(
      this.owner,
      this.#isCompressed ? await promisify(brotliCompress)(content) : content,
    );
    this.#pool.giveBack(this.#bytes);
    this.#bytes = undefined;
    this.#starts = Uint32Array.from(this.owner.kind === 'entities' ? this.#starts : []);
  }

  /** The object at a position, as it was when it was added. */
  async read(position: number): Promise<GraphObject | undefined> {
    const start = this.#starts[position];
    const next = this.#starts[position + 1];
    if (start === undefined || next === undefined) return undefined;
    // Without the comma.
    return JSON.parse(await this.#text(start, next - 1)) as GraphObject;
  }

  /** The first objects. */
  async readFirst(count: number): Promise<GraphObject[]> {
    const end = this.#starts[count];
    const text =
      this.#bytes === undefined || end === undefined
        ? await this.#text(0)
        : this.#bytes.toString('utf8', 0, end - 1) + CLOSING;
    const content = JSON.parse(text) as Partial<Record<GraphObjectKind, GraphObject[]>>;
    return (content[this.owner.kind] ?? []).slice(0, count);
  }

  async #text(start: number, end?: number): Promise<string> {
    if (this.#bytes !== undefined) return this.#bytes.toString('utf8', start, end);
    try {
      if (this.#isCompressed) {
        const content = await promisify(brotliDecompress)(await readFile(this.#path));
        return content.toString('utf8', start, end);
      }
      return end === undefined ? await readFile(this.#path, 'utf8') : await readPart(this.#path, start, end);
    } catch (cause) {
      // The SDK's words for it.
      throw new IntegrationError({
        code: 'INVALID_FILE_DATA',
        message: `Failed to read integration file at '${this.#path}'`,
        cause: cause instanceof Error ? cause : undefined,
      });
    }
  }

  #withRoom(size: number): Buffer {
    const bytes = this.#bytes ?? this.#pool.take(size);
    if (size <= bytes.length) return bytes;
    const larger = this.#pool.take(Math.max(size, bytes.length * 2));
    bytes.copy(larger, 0, 0, this.bufferedBytes);
    this.#bytes = larger;
    this.#pool.giveBack(bytes);
    return larger;
  }
}

async function readPart(path: string, start: number, end: number): Promise<string> {
  const file = await open(path);
  try {
    const part = Buffer.allocUnsafe(end - start);
    const { bytesRead } = await file.read(part, 0, part.length, start);
    return part.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
