import { IntegrationError } from '@jupiterone/integration-sdk-core';
import { BufferPool } from './buffer-pool.js';
import { openUnnamedFile, type UnnamedFile } from './unnamed-file.js';

/** Texts are written together, about so many bytes at a time. */
const CHUNK_BYTES = 256 * 1024;
/** So many chunks may wait for the disk before whoever appends should wait, too. */
const MOST_WAITING = 4;
/** A UTF-16 code unit takes up to so many bytes in UTF-8. */
const BYTES_A_UNIT = 3;
/** In front of each text stands how many bytes it has; the highest bit tells of UTF-16. */
const LENGTH_BYTES = 4;
const IS_UTF16 = 2 ** 31;

interface Chunk {
  readonly length: number;
  /** As long as it is not in the file. */
  bytes: Buffer | undefined;
  /** In the file. */
  position: number;
}

/**
 * Many texts that are written once and read once, in order. All but the last quarter of a megabyte are kept in a temporary
 * file in the SDK's storage folder, which is gone when this process ends in whatever way.
 *
 * After a write has failed, what is not in the file stays in memory: nothing that was appended is lost.
 *
 * @example
 * import { TextSpill } from '@vendor-graph/integration';
 * const descriptions = new TextSpill('descriptions');
 * const read: string[] = [];
 * try {
 *   for (const text of ['a', 'b']) descriptions.append(text);
 *   await descriptions.settled();
 *   for await (const texts of descriptions.drain()) read.push(...texts);
 * } finally {
 *   await descriptions.close();
 * }
 *
 * read; // => ['a', 'b']
 */
export class TextSpill {
  readonly #what: string;
  readonly #openFile: () => Promise<UnnamedFile>;
  readonly #buffers = new BufferPool();
  #chunks: Chunk[] = [];
  /** Of these, so many are in the file. */
  #written = 0;
  /** The chunk that grows. */
  #bytes: Buffer | undefined;
  #length = 0;
  #file: UnnamedFile | undefined;
  #fileLength = 0;
  #writing: Promise<void> | undefined;
  #failure: Error | undefined;

  /** @param what what the texts are, for errors */
  constructor(what: string, openFile: () => Promise<UnnamedFile> = openUnnamedFile) {
    this.#what = what;
    this.#openFile = openFile;
  }

  /** Adds a text, whatever it holds. */
  append(text: string): void {
    const bytes = this.#withRoom(LENGTH_BYTES + text.length * BYTES_A_UNIT);
    const start = this.#length + LENGTH_BYTES;
    // In UTF-8 there is no place for a surrogate without its other half.
    const isUtf16 = !text.isWellFormed();
    const written = bytes.write(text, start, isUtf16 ? 'utf16le' : 'utf8');
    bytes.writeUInt32LE(isUtf16 ? written + IS_UTF16 : written, this.#length);
    this.#length = start + written;
  }

  /**
   * Waits while more than a megabyte is on its way to the disk; to be called now and then by those who append.
   *
   * @throws IntegrationError when the disk takes no more. What was appended can be drained all the same.
   */
  async settled(): Promise<void> {
    if (this.#chunks.length - this.#written > MOST_WAITING) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * The texts in the order in which they were appended, some at a time. Each is forgotten with that.
   *
   * @throws IntegrationError when the file cannot be read
   */
  async *drain(): AsyncGenerator<readonly string[], void, undefined> {
    this.#endChunk();
    await this.#writing;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#written = 0;
    for (const chunk of chunks) {
      const bytes = chunk.bytes ?? (await this.#read(chunk));
      chunk.bytes = undefined;
      yield textsOf(bytes, chunk.length);
      this.#buffers.giveBack(bytes);
    }
  }

  /** Lets the file go, and with it what was not drained. */
  async close(): Promise<void> {
    await this.#writing;
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  #withRoom(size: number): Buffer {
    if (this.#bytes !== undefined && this.#length + size <= this.#bytes.length) return this.#bytes;
    this.#endChunk();
    if (this.#chunks.length > this.#written && this.#failure === undefined) this.#writing ??= this.#write();
    this.#bytes = this.#buffers.take(Math.max(CHUNK_BYTES, size));
    return this.#bytes;
  }

  #endChunk(): void {
    if (this.#bytes === undefined) return;
    this.#chunks.push({ length: this.#length, bytes: this.#bytes, position: 0 });
    this.#bytes = undefined;
    this.#length = 0;
  }

  /** Writes chunk by chunk until none is left, or one could not be written. */
  async #write(): Promise<void> {
    try {
      for (let chunk = this.#chunks[this.#written]; chunk?.bytes; chunk = this.#chunks[this.#written]) {
        this.#file ??= await this.#openFile();
        await this.#file.append(chunk.bytes.subarray(0, chunk.length));
        this.#buffers.giveBack(chunk.bytes);
        chunk.bytes = undefined;
        chunk.position = this.#fileLength;
        this.#fileLength += chunk.length;
        this.#written += 1;
      }
    } catch (error) {
      this.#failure = failure(`The ${this.#what} cannot be written to the disk`, error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #read({ position, length }: Chunk): Promise<Buffer> {
    const bytes = this.#buffers.take(length);
    try {
      await this.#file?.read(bytes.subarray(0, length), position);
      return bytes;
    } catch (error) {
      throw failure(`The ${this.#what} cannot be read from the disk again`, error);
    }
  }
}

function textsOf(bytes: Buffer, length: number): string[] {
  const texts: string[] = [];
  for (let end = 0; end < length;) {
    const size = bytes.readUInt32LE(end);
    const start = end + LENGTH_BYTES;
    end = start + (size % IS_UTF16);
    texts.push(bytes.toString(size < IS_UTF16 ? 'utf8' : 'utf16le', start, end));
  }
  return texts;
}

function failure(what: string, error: unknown): IntegrationError {
  const cause = error instanceof Error ? error : undefined;
  const why = cause?.message ?? 'unknown error';
  return new IntegrationError({
    code: 'TEMPORARY_FILE_FAILED',
    message: `${what}: ${why}. They are kept in a temporary file beside the graph: look for room and permissions there.`,
    cause,
  });
}
