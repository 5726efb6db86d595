import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress } from 'node:zlib';
import { IntegrationError } from '@jupiterone/integration-sdk-core';
import type { BufferPool } from './buffer-pool.js';
import type { GraphObject, GraphObjectKind } from './graph-object.js';
import { readFully } from './read-fully.js';
import { writeGraphFile, type FileOwner } from './storage-folder.js';

/** As many objects as the SDK puts into one file. */
export const MOST_OBJECTS = 500;
/** A file of large objects ends earlier, at so many bytes. */
const MOST_BYTES = 4 * 1024 * 1024;
/**
 * Objects are serialized some at a time, which takes a tenth or two less than one by one: so many at most, and about so
 * many bytes. V8 looks after a text of 128 KiB or more as a large object, which is cleaned late.
 */
const MOST_OBJECTS_AT_ONCE = 16;
const BYTES_AT_ONCE = 32 * 1024;
/** A UTF-16 code unit takes up to so many bytes in UTF-8. */
const BYTES_A_UNIT = 3;
const CLOSING = ']}';
const COMMA = ','.charCodeAt(0);

/** Objects that were serialized together. */
interface Chunk {
  /** The position in the file's list of its first object. */
  readonly first: number;
  /** Where that begins, in bytes. */
  readonly start: number;
}

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
  /** Of its beginning. */
  #length: number;
  /** Of relationships none once they are on disk: nobody looks for one. */
  #chunks: Chunk[] = [];
  #path = '';

  constructor(owner: FileOwner, pool: BufferPool) {
    this.owner = owner;
    this.#pool = pool;
    this.#bytes = pool.take();
    this.#length = this.#bytes.write(`{"${owner.kind}":[`);
  }

  /** Objects in it. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of it that are in memory. */
  get bufferedBytes(): number {
    return this.#bytes === undefined ? 0 : this.#length;
  }

  get isFull(): boolean {
    return this.#count >= MOST_OBJECTS || this.bufferedBytes >= MOST_BYTES;
  }

  /** So many objects, as large as those before, are best added together. */
  get objectsAtOnce(): number {
    const fitting = Math.max(1, Math.floor((BYTES_AT_ONCE * this.#count) / this.#length));
    return Math.min(fitting, MOST_OBJECTS_AT_ONCE, MOST_OBJECTS - this.#count);
  }

  /** Adds objects; only before the file is written. */
  add(objects: readonly GraphObject[]): void {
    if (this.#bytes === undefined) throw new TypeError('This file is on disk: it takes no more objects.');
    const text = JSON.stringify(objects);
    const before = this.#bytes[this.#length - 1] ?? COMMA;
    const bytes = this.#withRoom(this.#length + text.length * BYTES_A_UNIT + CLOSING.length);
    // The list's brackets come to lie on what stands before and on what is to stand behind.
    const end = this.#length - 1 + bytes.write(text, this.#length - 1);
    bytes[this.#length - 1] = before;
    bytes[end - 1] = COMMA;
    this.#chunks.push({ first: this.#count, start: this.#length });
    this.#length = end;
    this.#count += objects.length;
  }

  /** Puts the file on disk. */
  async write(): Promise<void> {
    if (this.#bytes === undefined || this.#count === 0) return;
    // In the place of the last comma; there is room for it.
    const end = this.#length - 1;
    const content = this.#bytes.subarray(0, end + this.#bytes.write(CLOSING, end));
    this.#path = await writeGraphFile(
      this.owner,
      this.#isCompressed ? await promisify(brotliCompress)(content) : content,
    );
    this.#pool.giveBack(this.#bytes);
    this.#bytes = undefined;
    if (this.owner.kind === 'relationships') this.#chunks = [];
  }

  /** The object at a position, as it was when it was added. */
  async read(position: number): Promise<GraphObject | undefined> {
    const index = this.#chunks.findLastIndex(({ first }) => first <= position);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return undefined;
    const end = this.#chunks[index + 1]?.start ?? this.#length;
    // Without the last comma.
    const objects = JSON.parse(`[${await this.#text(chunk.start, end - 1)}]`) as GraphObject[];
    return objects[position - chunk.first];
  }

  /** The first objects, up to where objects began that were added later. */
  async readFirst(count: number): Promise<GraphObject[]> {
    if (count === 0) return [];
    const end = this.#chunks.find(({ first }) => first >= count)?.start ?? this.#length;
    const text = this.#bytes === undefined ? await this.#text(0) : this.#bytes.toString('utf8', 0, end - 1) + CLOSING;
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
    bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    this.#pool.giveBack(bytes);
    return larger;
  }
}

async function readPart(path: string, start: number, end: number): Promise<string> {
  const file = await open(path);
  try {
    const part = Buffer.allocUnsafe(end - start);
    await readFully(file, part, start);
    return part.toString();
  } finally {
    await file.close();
  }
}
