import { fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * Whether a text is an e-mail address in the eyes of JupiterOne's class schemas (format `email` of JSON Schema, checked as
 * Ajv checks it), so that an odd login name is left out instead of failing the entity.
 *
 * @example
 * import { isEmailAddress } from '@vendor-graph/integration';
 * isEmailAddress('ana@example.com'); // => true
 * isEmailAddress('ana'); // => false
 */
export function isEmailAddress(text: string): boolean {
  return (fullFormats.email as RegExp).test(text);
}
