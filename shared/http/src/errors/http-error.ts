/** What every error of this library knows. */
export interface HttpErrorDetails {
  /** What went wrong, for a program: see the table in the README. */
  readonly code: string;
  /** Method, origin and path, without the query: `GET https://host/path`. */
  readonly endpoint: string;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The failure may pass, but no further attempt was allowed (attempts, time, waiting or the retry budget used up). */
  readonly retriesExhausted: boolean;
  readonly status?: number | undefined;
  readonly statusText?: string | undefined;
  /** What the vendor said, bounded and without secrets. */
  readonly vendorMessage?: string | undefined;
  /** The vendor's id of the request, which its support asks for. */
  readonly requestId?: string | undefined;
  /** The server's `Date` minus the local clock, ms. */
  readonly clockDifferenceMs?: number | undefined;
}

/** Base of all errors that a request ends with, but for the caller's own abort reason. Holds no header and no body. */
export class HttpError extends Error implements HttpErrorDetails {
  readonly code: string;
  readonly endpoint: string;
  readonly attempts: number;
  readonly retriesExhausted: boolean;
  declare readonly status?: number;
  declare readonly statusText?: string;
  declare readonly vendorMessage?: string;
  declare readonly requestId?: string;
  declare readonly clockDifferenceMs?: number;

  constructor(message: string, details: HttpErrorDetails) {
    super(message);
    this.name = new.target.name;
    const { code, endpoint, attempts, retriesExhausted, ...known } = details;
    this.code = code;
    this.endpoint = endpoint;
    this.attempts = attempts;
    this.retriesExhausted = retriesExhausted;
    // What is not known is not a property either: a logged error stays short.
    Object.assign(this, Object.fromEntries(Object.entries(known).filter(([, value]) => isKnown(value))));
  }
}

function isKnown(value: unknown): boolean {
  return value !== undefined;
}
