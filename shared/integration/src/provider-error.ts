import {
  IntegrationError,
  IntegrationProviderAPIError,
  IntegrationProviderAuthenticationError,
  IntegrationProviderAuthorizationError,
  IntegrationProviderRetriesExceededError,
} from '@jupiterone/integration-sdk-core';
import { PaginationError } from '@vendor-graph/flow-control';
import { HttpError, redactSecrets } from '@vendor-graph/http';

/** Where an error happened, and what to tell the user about it. */
export interface ProviderErrorContext {
  /** Refused credentials stop the run while it is validated, and fail the one step later. */
  during: 'validation' | 'step';
  /** Added when the credentials are refused: what to check, and where. */
  credentialHelp?: string | ((error: HttpError) => string);
  /** Values to cut out of every text of the error; HTTP errors come without them already. */
  secrets?: readonly string[];
}

/** Words for the user whose credentials are accepted elsewhere but not for what a step reads. */
const PERMISSION_HELP = 'The credentials may not read this: give them the permission and collect again.';

/**
 * What the SDK understands of an error of a client or a step: a provider error with endpoint, status and the cause in
 * words. The SDK prints errors ten levels deep, so there are no headers, no bodies, no causes and no secrets on it.
 *
 * | the error                                 | while validating      | in a step        |
 * | ----------------------------------------- | --------------------- | ---------------- |
 * | answer 401 or 403, no OAuth token issued   | authentication, fatal | authorization    |
 * | retries did not help                      | retries exceeded      | retries exceeded |
 * | any other HTTP error, a paging that loops | provider API          | provider API     |
 * | authentication error of the SDK           | itself                | authorization    |
 * | any other error of the SDK, an abort      | itself                | itself           |
 * | anything else: a defect of ours           | unexpected            | unexpected       |
 *
 * @example
 * import { HttpStatusError } from '@vendor-graph/http';
 * import { toProviderError } from '@vendor-graph/integration';
 * const details = { code: 'HTTP_STATUS', endpoint: 'GET https://api.example.com/me', attempts: 1, retriesExhausted: false };
 * const refused = new HttpStatusError('GET https://api.example.com/me answered 401', { ...details, status: 401 });
 *
 * toProviderError(refused, { during: 'validation', credentialHelp: 'Check ACME_API_KEY.' }).message; // => 'GET https://api.example.com/me answered 401. Check ACME_API_KEY.'
 */
export function toProviderError(error: unknown, context: ProviderErrorContext): Error {
  return isAbort(error) ? error : withoutSecrets(inWordsOfTheSdk(error, context), context.secrets ?? []);
}

function inWordsOfTheSdk(error: unknown, context: ProviderErrorContext): Error {
  if (error instanceof HttpError) return fromHttp(error, context);
  if (error instanceof PaginationError) return fromPagination(error);
  if (error instanceof IntegrationProviderAuthenticationError && context.during === 'step') {
    const { endpoint, status, statusText, message } = error;
    return saying(new IntegrationProviderAuthorizationError({ endpoint, status, statusText }), message);
  }
  if (error instanceof IntegrationError) return error;
  return unexpected(error);
}

function fromHttp(error: HttpError, context: ProviderErrorContext): Error {
  const { endpoint, code, status = code, statusText = error.name, message } = error;
  const details = { endpoint, status, statusText, message };
  if (isRefusal(error)) {
    const refused =
      context.during === 'validation'
        ? new IntegrationProviderAuthenticationError(details)
        : new IntegrationProviderAuthorizationError(details);
    return saying(refused, `${message.replace(/\.$/, '')}. ${adviceOn(error, context)}`.trim());
  }
  // The SDK makes the message of these from endpoint and status, which is not all that is known.
  if (error.retriesExhausted) return saying(new IntegrationProviderRetriesExceededError(details), message);
  return new IntegrationProviderAPIError(details);
}

/** An authorization server may refuse credentials with a 400. */
function isRefusal({ status, code }: HttpError): boolean {
  return status === 401 || status === 403 || code === 'TOKEN_REFUSED';
}

function adviceOn(error: HttpError, { during, credentialHelp = '' }: ProviderErrorContext): string {
  if (during === 'step' && error.status === 403 && error.code !== 'TOKEN_REFUSED') return PERMISSION_HELP;
  return typeof credentialHelp === 'function' ? credentialHelp(error) : credentialHelp;
}

function fromPagination({ code, message }: PaginationError): Error {
  return new IntegrationProviderAPIError({ endpoint: 'paging', status: code, statusText: message, message });
}

/** The SDK hides the messages of errors that are not its own from users; this one tells what happened, and where. */
function unexpected(error: unknown): Error {
  const known = error instanceof Error ? error : new Error('something that is not an error was thrown');
  const safe = new IntegrationError({
    code: 'UNEXPECTED_ERROR',
    message: `${known.name}: ${known.message}`,
    fatal: false,
  });
  if (known.stack !== undefined) safe.stack = known.stack;
  return safe;
}

/** An abort is nobody's failure: the one who aborted knows the reason. */
function isAbort(error: unknown): error is Error {
  return error instanceof Error && error.name === 'AbortError';
}

function saying<E extends Error>(error: E, message: string): E {
  error.message = message;
  // The stack begins with the message.
  Error.captureStackTrace(error, saying);
  return error;
}

/** Cuts secrets out of each text that the error has, and takes its causes away. */
function withoutSecrets<E extends Error>(error: E, secrets: readonly string[]): E {
  for (const name of Object.getOwnPropertyNames(error)) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string') Reflect.set(error, name, redactSecrets(value, secrets));
    else if (value instanceof Error) Reflect.deleteProperty(error, name);
  }
  return error;
}
