import { HttpError } from './http-error.js';

/**
 * No answer: the host was not found, refused, broke the connection or did not speak HTTP. `code` is the system's or
 * undici's (`ENOTFOUND`, `ECONNREFUSED`, `UND_ERR_SOCKET`, …), or `CLIENT_CLOSED`.
 */
export class ConnectionError extends HttpError {}
