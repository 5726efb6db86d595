import Escher from 'escher-auth';
import { CREDENTIAL_SCOPE, escherSignature } from './escher-signature.js';
import type { Canonicalisation, SignedRequest } from './escher-signature.js';

export interface AuthenticationOptions {
  accessKey: string;
  secretKey: string;
  /** How far a request's date may be from the server's, in seconds. */
  windowSeconds: number;
  canonicalisation: Canonicalisation;
  /** The server's time, ms since the epoch. */
  now: () => number;
}

export interface IncomingRequest {
  method: string;
  /** Path and query as they arrived. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string | Buffer;
}

/** Why a request is refused. */
export interface Refusal {
  /** Short, for the counters. */
  reason: string;
  /** The service's words, up to the path, which it adds itself. */
  message: string;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const NO_MATCH = 'The signatures do not match';
const TOO_OLD = 'The request date is not within the accepted time range';

/**
 * Checks requests as the service does: headers, key, scope, date, signature, in this order. Answers undefined for a
 * request that is in order. The words for a key that is no UUID and for a wrong signature are the live service's (that
 * one tells the signature it would have accepted); the others are those of the Escher libraries.
 */
export function requestCheck(options: AuthenticationOptions): (request: IncomingRequest) => Refusal | undefined {
  // The library reads the system's clock; the date is checked below, by the simulator's.
  const escher = new Escher({ credentialScope: CREDENTIAL_SCOPE, clockSkew: Number.POSITIVE_INFINITY });

  return (request) => {
    const accessKey = /Credential=([^/,]*)/.exec(headerOf(request, 'x-escher-auth'))?.[1] ?? '';
    const refuse = (reason: string, detail = reason): Refusal => ({
      reason,
      message: `verification failed for ${accessKey}: ${detail}`,
    });
    for (const name of ['x-escher-date', 'x-escher-auth']) {
      if (headerOf(request, name) === '') return refuse(`The ${name} header is missing`);
    }
    if (accessKey !== '' && !UUID.test(accessKey)) {
      return { reason: 'not a UUID', message: `${accessKey} is not a valid UUID` };
    }
    const failure = failureOf(() => {
      authenticate(escher, request, options);
    });
    if (failure !== undefined && failure !== NO_MATCH) return refuse(failure);
    if (!isRecent(headerOf(request, 'x-escher-date'), options)) return refuse(TOO_OLD);
    if (failure === undefined) return undefined;
    const provided = /Signature=([\da-f]+)$/.exec(headerOf(request, 'x-escher-auth'))?.[1] ?? '';
    const calculated = escherSignature(signedRequest(request), options.secretKey, options.canonicalisation);
    return refuse(NO_MATCH, `${NO_MATCH} (provided: ${provided}, calculated: ${calculated})`);
  };
}

function authenticate(escher: Escher, request: IncomingRequest, options: AuthenticationOptions): void {
  const { accessKey, secretKey, canonicalisation } = options;
  const secretOf = (id: string) => (id === accessKey ? secretKey : undefined);
  const failure = failureOf(() =>
    escher.authenticate(
      { method: request.method, url: request.target, headers: { ...request.headers }, body: request.body },
      secretOf,
    ),
  );
  // The libraries differ in what they sign, not in the other checks.
  const signatureDecides = failure === undefined || failure === NO_MATCH;
  if (canonicalisation === 'java' && signatureDecides) {
    const signature = escherSignature(signedRequest(request), secretKey, 'java');
    if (!headerOf(request, 'x-escher-auth').endsWith(`Signature=${signature}`)) throw new Error(NO_MATCH);
    return;
  }
  if (failure !== undefined) throw new Error(failure);
}

function isRecent(date: string, { now, windowSeconds }: AuthenticationOptions): boolean {
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Math.abs(now() - time) <= windowSeconds * 1_000;
}

function signedRequest(request: IncomingRequest): SignedRequest {
  const { method, target, body } = request;
  return { method, target, host: headerOf(request, 'host'), date: headerOf(request, 'x-escher-date'), body };
}

function headerOf({ headers }: IncomingRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** The message of the error that a function throws; undefined when it throws none. */
function failureOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
