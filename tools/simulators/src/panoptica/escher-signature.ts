import { createHash, createHmac } from 'node:crypto';
import { posix } from 'node:path';

export const CREDENTIAL_SCOPE = 'global/services/portshift_request';

/** How the library behind a service writes a request before it hashes it; they agree on all but the odd corners. */
export type Canonicalisation = 'js' | 'java';

export interface SignedRequest {
  method: string;
  /** Path and query as they travel. */
  target: string;
  host: string;
  /** The date header, `20240301T091530Z`. */
  date: string;
  body: string | Buffer;
}

/**
 * The Escher signature of a request, worked out from the specification and not with the library that checks requests
 * here, so that each proves the other.
 */
export function escherSignature(
  request: SignedRequest,
  secret: string,
  canonicalisation: Canonicalisation = 'js',
): string {
  const day = request.date.slice(0, 8);
  const toSign = [
    'ESR-HMAC-SHA256',
    request.date,
    `${day}/${CREDENTIAL_SCOPE}`,
    sha256(canonicalRequest(request, canonicalisation)),
  ];
  const key = [day, ...CREDENTIAL_SCOPE.split('/')].reduce<Buffer>(
    (bytes, part) => hmac(bytes, part),
    Buffer.from(`ESR${secret}`),
  );
  return hmac(key, toSign.join('\n')).toString('hex');
}

/** Method, path, query, the two signed headers, their names, and the hash of the body; a line each. */
export function canonicalRequest(
  { method, target, host, date, body }: SignedRequest,
  canonicalisation: Canonicalisation = 'js',
): string {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  return [
    method.toUpperCase(),
    canonicalisation === 'js' ? posix.normalize(path) : path,
    canonicalQuery(query, canonicalisation),
    `host:${host}`,
    `x-escher-date:${date}`,
    '',
    'host;x-escher-date',
    sha256(body),
  ].join('\n');
}

function canonicalQuery(query: string, canonicalisation: Canonicalisation): string {
  const escaped = canonicalisation === 'js' ? /['()]/g : /[!'()]/g;
  const encode = (text: string) =>
    encodeURIComponent(text).replaceAll(
      escaped,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer, content: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}
