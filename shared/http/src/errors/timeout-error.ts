import { HttpError } from './http-error.js';

/** A time limit passed. `code` says which: `CONNECT_TIMEOUT`, `HEADERS_TIMEOUT`, `BODY_TIMEOUT` or `TOTAL_TIMEOUT`. */
export class TimeoutError extends HttpError {}
