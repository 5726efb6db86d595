import { HttpError } from './http-error.js';

/**
 * The server wants the request elsewhere. It is not followed: the signature is for this address, and credentials must
 * not travel to another host. The message names the other address.
 */
export class RedirectError extends HttpError {
  declare readonly status: number;
}
