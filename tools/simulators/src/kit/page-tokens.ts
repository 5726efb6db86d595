import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** How tokens look: `base64` has characters that a query must encode (`+ / =`), `base64url` has none. */
export type TokenAlphabet = 'base64' | 'base64url';

/**
 * Opaque page tokens that only their server can read: one encrypted block that holds a position and a fingerprint of the
 * listing. A token of another listing, another server or of a client's own making is not accepted.
 */
export class PageTokens {
  readonly #key: Buffer;
  readonly #alphabet: TokenAlphabet;

  /** `secret` makes the tokens of this server; the same secret makes the same tokens. */
  constructor(secret: string, alphabet: TokenAlphabet) {
    this.#key = createHash('sha256').update(`page tokens/${secret}`).digest().subarray(0, 16);
    this.#alphabet = alphabet;
  }

  /** A token for a position (a whole number below 2^48) in a listing (route and filters, in any fixed notation). */
  issue(listing: string, position: number): string {
    const block = Buffer.alloc(16);
    block.writeUIntBE(position, 0, 6);
    fingerprint(listing).copy(block, 6);
    const cipher = createCipheriv('aes-128-ecb', this.#key, null).setAutoPadding(false);
    return Buffer.concat([MARK, cipher.update(block), cipher.final()]).toString(this.#alphabet);
  }

  /** The position, or undefined when the token was not issued for this listing. */
  read(listing: string, token: string): number | undefined {
    const bytes = Buffer.from(token, this.#alphabet);
    if (bytes.length !== MARK.length + 16 || bytes.toString(this.#alphabet) !== token) return undefined;
    const decipher = createDecipheriv('aes-128-ecb', this.#key, null).setAutoPadding(false);
    const block = Buffer.concat([decipher.update(bytes.subarray(MARK.length)), decipher.final()]);
    return block.subarray(6).equals(fingerprint(listing)) ? block.readUIntBE(0, 6) : undefined;
  }
}

/** In base64 this is `+/+/`, so that every token needs encoding in a query. */
const MARK = Buffer.from([0xfb, 0xff, 0xbf]);

function fingerprint(listing: string): Buffer {
  return createHash('sha256').update(listing).digest().subarray(0, 10);
}
