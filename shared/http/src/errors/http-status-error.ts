import { HttpError } from './http-error.js';

/** The server answered with a status that is neither a success nor accepted by the caller. Sets `status`. */
export class HttpStatusError extends HttpError {
  declare readonly status: number;
}
