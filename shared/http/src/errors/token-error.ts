import { HttpError, type HttpErrorDetails } from './http-error.js';

/** `TOKEN_REFUSED`: the authorization server does not take the credentials or the scope. `NO_TOKEN`: its answer holds none. */
export type TokenErrorCode = 'TOKEN_REFUSED' | 'NO_TOKEN';

/** An OAuth 2 authorization server gave no token. The request for which the token was needed has not been sent. */
export class TokenError extends HttpError {
  declare readonly code: TokenErrorCode;
  declare readonly status: number;
  /** The server's word for it (RFC 6749, section 5.2): `invalid_client`, `invalid_scope`, … */
  declare readonly oauthError?: string;

  constructor(
    message: string,
    details: HttpErrorDetails & { readonly code: TokenErrorCode; readonly oauthError?: string | undefined },
  ) {
    const { oauthError, ...common } = details;
    super(message, common);
    if (oauthError !== undefined) this.oauthError = oauthError;
  }
}
