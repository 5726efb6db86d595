/** One request as it is about to be sent. The same object is handed to `sign`, `recover` and `verify`. */
export interface SignableRequest {
  readonly method: string;
  /** The very object that is sent: sign `url.pathname + url.search`, so that what is signed is what goes on the wire. */
  readonly url: URL;
  /** Lower-case names, without `host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text that is sent; undefined when the request has no body. */
  readonly body?: string | undefined;
  /** From 1, counts every time the request is sent. */
  readonly attempt: number;
}

/** What a scheme may know about a 401. */
export interface UnauthorizedAnswer {
  readonly status: 401;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer came over TLS with a verified certificate, so its `Date` may be believed. */
  readonly secure: boolean;
}

/** How requests to one account are authenticated. One instance belongs to one client. */
export interface AuthScheme {
  /** Called once per attempt, after every wait, immediately before the request is sent. Returns headers to add. */
  sign(request: SignableRequest): Record<string, string> | Promise<Record<string, string>>;
  /**
   * Called on the first 401 of a request. True: the scheme has corrected itself (server time, new token), so the request
   * is signed and sent once more.
   */
  recover?(answer: UnauthorizedAnswer, request: SignableRequest): boolean | Promise<boolean>;
  /** Checks the authentication of a complete answer. False: it is present but wrong. */
  verify?(
    request: SignableRequest,
    answer: { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer },
  ): boolean;
  /** Values that must never appear in a message: keys, tokens. Errors and events are cleaned of them. */
  readonly secrets: readonly string[];
}
