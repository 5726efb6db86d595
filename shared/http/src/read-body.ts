import { decodeBody } from './decode-body.js';
import type { Exchange } from './exchange.js';

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/**
 * Reads and decodes the whole body.
 *
 * @param maxBytes of the decoded body
 * @throws BodyTooLarge as soon as the limit is passed; UnknownEncoding; what broke the body
 */
export async function readBody(exchange: Exchange, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of decodeBody(exchange.body, exchange.headers['content-encoding'])) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new BodyTooLarge();
    pieces.push(piece);
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, bytes);
}

/**
 * As much of an error's body as there is: a status that was received counts, whatever happens to the text that explains it.
 */
export async function readErrorBody(
  exchange: Exchange,
  maxBytes: number,
): Promise<{ body: Buffer; complete: boolean }> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of decodeBody(exchange.body, exchange.headers['content-encoding'])) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > maxBytes) return { body: Buffer.concat(pieces), complete: false };
    }
    return { body: Buffer.concat(pieces), complete: true };
  } catch {
    return { body: Buffer.concat(pieces), complete: false };
  }
}
