import { wellFormed } from './well-formed.js';

/** Longer texts of a vendor are cut: an error is read by a person. */
const LONGEST_TEXT = 500;

/**
 * Makes a vendor's text fit for a message: one line, no control characters (terminal escapes among them) and no
 * characters that turn the direction of writing, at most 500 characters.
 */
export function plainText(text: string): string {
  const line = text
    // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return wellFormed(line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1).trimEnd()}…`);
}
