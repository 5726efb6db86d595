import { IntegrationProviderAPIError } from '@jupiterone/integration-sdk-core';
import type { JsonAnswer } from '@vendor-graph/http';

/**
 * The error for an answer that is JSON, but of another shape than its endpoint has. A client throws it where it would
 * otherwise take a maintenance page for an empty list, of which JupiterOne deletes what it knows.
 *
 * @param expected what is missing, such as `a list "agents"`
 * @param said the vendor's own words for the failure, where the answer holds some; without them the address is suspected
 *
 * @example
 * import { unexpectedAnswer } from '@vendor-graph/integration';
 * const answer = { endpoint: 'GET https://api.example.com/agents', status: 200 };
 *
 * unexpectedAnswer(answer, 'a list "agents"', 'down for maintenance').message; // => 'GET https://api.example.com/agents answered 200, but not with a list "agents". It says: down for maintenance'
 */
export function unexpectedAnswer(
  { endpoint, status }: Pick<JsonAnswer, 'endpoint' | 'status'>,
  expected: string,
  said?: string,
): IntegrationProviderAPIError {
  const advice =
    said === undefined
      ? "Check that apiBaseUrl leads to the vendor's API, and what stands between here and there."
      : `It says: ${said}`;
  return new IntegrationProviderAPIError({
    endpoint,
    status,
    statusText: 'Unexpected answer',
    message: `${endpoint} answered ${status}, but not with ${expected}. ${advice}`,
  });
}
