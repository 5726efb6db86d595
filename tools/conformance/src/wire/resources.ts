import type { WireRequest } from './wire-request.js';

/** A part of a path that names one record: a number, a UUID, a CVE. */
const IDENTIFIER = /\d{3}|^[\da-f]{8}-[\da-f-]+$/i;

/** Which resource of a vendor a request asks for: method and path, with `:id` where the path names a record. */
export function resourceOf({ method, path }: Pick<WireRequest, 'method' | 'path'>): string {
  const parts = path.split('/').map((part) => (IDENTIFIER.test(part) ? ':id' : part));
  return `${method} ${parts.join('/')}`;
}
