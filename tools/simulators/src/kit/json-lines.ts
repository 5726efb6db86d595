import { Readable } from 'node:stream';

/** Lines are handed to the socket in pieces of about this size: one write for hundreds of records, little memory. */
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * A body of JSON lines that is made while it is read: the source is asked for the next record only when the client has
 * taken what was sent before, so a body of any length needs constant memory. A string counts as a line that is ready
 * (serialized or deliberately wrong); anything else is serialized.
 */
export function jsonLines(records: Iterable<unknown> | AsyncIterable<unknown>): Readable {
  return Readable.from(chunks(records), { objectMode: false, highWaterMark: CHUNK_CHARACTERS });
}

async function* chunks(records: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const record of records) {
    text += `${typeof record === 'string' ? record : JSON.stringify(record)}\n`;
    if (text.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}
