import { errorText } from './error-text.js';
import type { FailureKind } from './attempt-failure.js';

/**
 * What a failed connection means for a retry, by code: Node's system errors, and
 * [undici's](https://github.com/nodejs/undici/blob/v7.x/docs/docs/api/Errors.md). A code that is not listed is final,
 * above all every fault of a certificate.
 */
const KIND_BY_CODE: Readonly<Record<string, FailureKind>> = {
  ENOTFOUND: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EAI_AGAIN: 'unsent',
  EHOSTUNREACH: 'unsent',
  EHOSTDOWN: 'unsent',
  ENETUNREACH: 'unsent',
  ENETDOWN: 'unsent',
  UND_ERR_CONNECT_TIMEOUT: 'unsent',
  ECONNRESET: 'interrupted',
  ECONNABORTED: 'interrupted',
  EPIPE: 'interrupted',
  ETIMEDOUT: 'interrupted',
  UND_ERR_SOCKET: 'interrupted',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'interrupted',
};

/** undici tells a proxy's refusal to connect by its message only. */
const PROXY_REFUSAL = /^Proxy response \((\d+)\)/;

/** A failure before any header of the answer was in. */
export interface ConnectionFailure {
  readonly kind: FailureKind;
  readonly code: string;
  /** In words, from the system or undici; holds no data of the request. */
  readonly reason: string;
}

/** Classifies what undici's `request` rejects with. */
export function connectionFailure(error: unknown): ConnectionFailure {
  const reason = errorText(error);
  const code = faultCode(error);
  const refusal = PROXY_REFUSAL.exec(reason)?.[1];
  if (refusal !== undefined) {
    return {
      kind: Number(refusal) >= 500 ? 'unsent' : 'final',
      code: 'PROXY_REFUSED',
      reason: `the proxy answered ${refusal}`,
    };
  }
  const kind = isParserFault(error) ? 'interrupted' : (KIND_BY_CODE[code] ?? 'final');
  return { kind, code, reason };
}

/** What went wrong on the wire, for a program. */
export function faultCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return isParserFault(error) ? 'HTTP_PARSER_ERROR' : 'UNKNOWN';
}

/** Told by name, because its code may be missing. Its `data` holds the server's bytes and must not be passed on. */
function isParserFault(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError';
}
