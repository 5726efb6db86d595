import { HttpError, type HttpErrorDetails } from './http-error.js';

/** What was wrong with a body. */
export type BodyErrorCode =
  | 'EMPTY_BODY'
  | 'NOT_JSON'
  | 'TRUNCATED_BODY'
  | 'UNDELIMITED_BODY'
  | 'CORRUPT_BODY'
  | 'UNKNOWN_ENCODING'
  | 'BODY_TOO_LARGE'
  | 'LINE_TOO_LONG'
  | 'MALFORMED_LINE';

/** The answer began well but its body is not usable. Never holds the content, only where in it the fault is. */
export class BodyError extends HttpError {
  declare readonly code: BodyErrorCode;
  /** Of JSON lines: from 1, blank lines count. */
  declare readonly lineNumber?: number;
  /** Of JSON lines: where the line begins in the decoded body. */
  declare readonly byteOffset?: number;

  constructor(
    message: string,
    details: HttpErrorDetails & {
      readonly code: BodyErrorCode;
      readonly lineNumber?: number | undefined;
      readonly byteOffset?: number | undefined;
    },
  ) {
    const { lineNumber, byteOffset, ...common } = details;
    super(message, common);
    if (lineNumber !== undefined) this.lineNumber = lineNumber;
    if (byteOffset !== undefined) this.byteOffset = byteOffset;
  }
}
