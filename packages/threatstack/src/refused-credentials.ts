import {
  IntegrationProviderAuthenticationError,
  IntegrationProviderAuthorizationError,
} from '@jupiterone/integration-sdk-core';
import { HttpStatusError, type HttpError } from '@vendor-graph/http';

/** Hawk servers refuse signatures that are older or newer than a minute; half of it is worth a word. */
const NOTABLE_SKEW_MS = 30_000;

const WHERE_TO_LOOK = 'in the Threat Stack console under Settings > Application Keys > REST API Key';
const CHECK_ORGANIZATION =
  'The user id and the API key are right, but the user has no access to the organization: check THREATSTACK_ORG_ID ' +
  `(${WHERE_TO_LOOK}) and that the user may read the organization.`;

/** What to tell a user whose credentials were refused, and about a clock that may be the reason. */
export function credentialHelp({ clockDifferenceMs = 0 }: Pick<HttpError, 'clockDifferenceMs'>): string {
  const seconds = Math.round(Math.abs(clockDifferenceMs) / 1000);
  const skew =
    Math.abs(clockDifferenceMs) > NOTABLE_SKEW_MS
      ? ` The clock of this machine is ${seconds} s ${clockDifferenceMs > 0 ? 'behind' : 'ahead of'} the server's, which may be the reason.`
      : '';
  return (
    `Check THREATSTACK_USER_ID and THREATSTACK_API_KEY: both are ${WHERE_TO_LOOK}. ` +
    `The key belongs to the user, not to the organization.${skew}`
  );
}

/**
 * Finds out which credential is wrong when the first request was refused. A 403 comes after the signature was accepted. On a
 * 401 an endpoint that looks at nothing but the signature tells user id and key from the organization.
 *
 * @param isKeyAccepted asks that endpoint
 * @returns what to throw
 */
export async function explainRefusal(error: unknown, isKeyAccepted: () => Promise<boolean>): Promise<unknown> {
  if (!(error instanceof HttpStatusError)) return error;
  if (error.status === 403) return new IntegrationProviderAuthorizationError(withAdvice(error));
  if (error.status === 401 && (await isKeyAccepted().catch(() => false)))
    return new IntegrationProviderAuthenticationError(withAdvice(error));
  return error;
}

function withAdvice({ endpoint, status, statusText, vendorMessage }: HttpStatusError): {
  endpoint: string;
  status: number;
  statusText: string;
} {
  const parts = [statusText, vendorMessage, CHECK_ORGANIZATION].filter((part) => part !== undefined);
  return { endpoint, status, statusText: `${parts.map((part) => part.replace(/\.$/, '')).join('. ')}.` };
}
