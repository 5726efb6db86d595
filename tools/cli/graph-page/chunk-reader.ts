import { chunkElementId } from '../src/visualize/page-data.js';

/** Chunks that stay decoded; a list that is paged through needs few. */
const KEPT = 40;

/** Decodes the chunks of the page when they are needed. */
export class ChunkReader {
  readonly #decoded = new Map<number, Promise<unknown>>();

  /** A chunk of JSON. */
  json(chunk: number): Promise<unknown> {
    const known = this.#decoded.get(chunk);
    if (known !== undefined) return known;
    const value = bytesOf(chunk).then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
    this.#decoded.set(chunk, value);
    const oldest = this.#decoded.keys().next();
    if (this.#decoded.size > KEPT && oldest.done !== true) this.#decoded.delete(oldest.value);
    return value;
  }

  /** A chunk of Int32 in little-endian order. */
  async integers(chunk: number): Promise<Int32Array> {
    const bytes = await bytesOf(chunk);
    const view = new DataView(bytes);
    return Int32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getInt32(index * 4, true));
  }
}

async function bytesOf(chunk: number): Promise<ArrayBuffer> {
  await parsed();
  const text = document.getElementById(chunkElementId(chunk))?.textContent;
  if (text === undefined) throw new Error('This file is damaged: a part of it is missing.');
  const deflated = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).arrayBuffer();
}

/** The first view is there before the browser has read the whole file. */
function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', () => {
      resolve();
    });
  });
}
