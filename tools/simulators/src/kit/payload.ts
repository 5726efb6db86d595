import { Readable } from 'node:stream';

/** Whether an answer is streamed. */
export function isReadable(payload: unknown): payload is Readable {
  return payload instanceof Readable;
}

/** The whole answer in memory. */
export async function payloadBytes(payload: unknown): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of payloadChunks(payload)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The answer piece by piece; a text or a buffer is one piece. */
export async function* payloadChunks(payload: unknown): AsyncGenerator<Buffer> {
  if (isReadable(payload)) {
    for await (const chunk of payload as AsyncIterable<string | Buffer>) yield Buffer.from(chunk);
  } else if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
    yield Buffer.from(payload);
  } else if (payload !== undefined && payload !== null) {
    throw new TypeError('An answer of a simulator must be a text, a Buffer or a Readable.');
  }
}
