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
  /** Values to cut from the messages of errors that nobody foresaw. */
  secrets?: readonly string[];
}

/** Words for the user whose credentials are accepted elsewhere but not for what a step reads. */
const PERMISSION_HELP = 'The credentials may not read this: give them the permission and collect again.';

/**
 * What the SDK understands of an error of a client or a step: a provider error with endpoint, status and the cause in
 * words. Headers, bodies and causes of the original are left behind, since the SDK prints errors ten levels deep.
 *
 * | the error                                   | while validating      | in a step             |
 * | ------------------------------------------- | --------------------- | --------------------- |
 * | answer 401 or 403                           | authentication, fatal | authorization         |
 * | retries did not help                        | retries exceeded      | retries exceeded      |
 * | any other HTTP error, a paging that loops   | provider API          | provider API          |
 * | authentication error thrown by the vendor   | itself                | authorization         |
 * | any other error of the SDK, an abort        | itself                | itself                |
 * | anything else                               | unexpected            | unexpected            |
 */
export function toProviderError(error: unknown, context: ProviderErrorContext): Error {
  if (error instanceof HttpError) return fromHttp(error, context);
  if (error instanceof PaginationError) return fromPagination(error);
  if (error instanceof IntegrationProviderAuthenticationError && context.during === 'step')
    return new IntegrationProviderAuthorizationError(detailsOf(error));
  if (error instanceof IntegrationError || isAbort(error)) return error;
  return unexpected(error, context.secrets ?? []);
}

function fromHttp(error: HttpError, { during, credentialHelp }: ProviderErrorContext): Error {
  const details = {
    endpoint: error.endpoint,
    status: error.status ?? error.code,
    statusText: error.statusText ?? error.message,
  };
  if (error.status === 401 || error.status === 403) {
    const help = typeof credentialHelp === 'function' ? credentialHelp(error) : credentialHelp;
    const advice = during === 'step' && error.status === 403 ? PERMISSION_HELP : help;
    // The SDK makes the message of these two from endpoint, status and status text, so the words have to go in there.
    const statusText = [error.statusText, error.vendorMessage, advice].filter((part) => part !== undefined).join('. ');
    return during === 'validation'
      ? new IntegrationProviderAuthenticationError({ ...details, statusText })
      : new IntegrationProviderAuthorizationError({ ...details, statusText });
  }
  if (error.retriesExhausted)
    return new IntegrationProviderRetriesExceededError({ ...details, statusText: error.message });
  return new IntegrationProviderAPIError({ ...details, message: error.message });
}

function fromPagination(error: PaginationError): Error {
  return new IntegrationProviderAPIError({
    endpoint: 'paging',
    status: error.code,
    statusText: error.message,
    message: error.message,
  });
}

function detailsOf({ endpoint, status, statusText }: IntegrationProviderAPIError): {
  endpoint: string;
  status: string | number;
  statusText: string;
} {
  return { endpoint, status, statusText };
}

/** An abort is nobody's failure: the one who aborted knows the reason. */
function isAbort(error: unknown): error is Error {
  return error instanceof Error && error.name === 'AbortError';
}

/** A defect of ours. The SDK hides messages of errors that are not its own, and prints all their properties. */
function unexpected(error: unknown, secrets: readonly string[]): Error {
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : 'something that is not an error was thrown';
  const safe = new IntegrationError({
    code: 'UNEXPECTED_ERROR',
    message: redactSecrets(message, secrets),
    fatal: false,
  });
  if (error instanceof Error && error.stack !== undefined) safe.stack = redactSecrets(error.stack, secrets);
  return safe;
}
