import { Readable, pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** What the client tells servers it can decode. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/** A compressed body without a byte: even nothing has an end mark when it is compressed. */
export class NothingToDecode extends Error {}

/** Large enough that a line of JSON seldom crosses a border. */
const CHUNK = { chunkSize: 64 * 1024 };

/** The server used an encoding that was not offered to it. */
export class UnknownEncoding extends Error {}

/**
 * Undoes the content encoding of a body as it comes in. A compressed body that ends before its own end mark is an error
 * (`Z_BUF_ERROR`), also when the connection ended in order.
 *
 * @param pieces the bytes as received
 * @param contentEncoding the header's value
 * @throws UnknownEncoding; NothingToDecode while it is read
 */
export function decodeBody(
  pieces: { [Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> },
  contentEncoding: string | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  // The last encoding that was applied is the first to be undone.
  return encodings.reduceRight<AsyncGenerator<Buffer, void, undefined>>(undo, pieces[Symbol.asyncIterator]());
}

function undo(pieces: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer, void, undefined> {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return through(pieces, () => createGunzip(CHUNK));
    case 'br':
      return through(pieces, () => createBrotliDecompress(CHUNK));
    case 'deflate':
      return through(pieces, inflate);
    default:
      throw new UnknownEncoding();
  }
}

/** "deflate" means a zlib wrapper, which begins with a method of 8; some servers send the bare form. */
function inflate(first: Buffer): Transform {
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(CHUNK) : createInflateRaw(CHUNK);
}

async function* through(
  pieces: AsyncIterable<Buffer>,
  create: (first: Buffer) => Transform,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (first.done !== true && first.value.length === 0) first = await iterator.next();
  if (first.done === true) throw new NothingToDecode();
  const firstPiece = first.value;
  const rest = { [Symbol.asyncIterator]: () => iterator };
  async function* whole(): AsyncGenerator<Buffer, void, undefined> {
    yield firstPiece;
    yield* rest;
  }
  const decoder = create(firstPiece);
  // The decoder passes on what goes wrong before it; it is read below, so the callback has nothing to do.
  pipeline(Readable.from(whole(), { objectMode: false }), decoder, () => undefined);
  for await (const piece of decoder as AsyncIterable<Buffer>) yield piece;
}
