import {
  IntegrationProviderAPIError,
  IntegrationProviderAuthorizationError,
  IntegrationProviderRetriesExceededError,
} from '@jupiterone/integration-sdk-core';
import { HttpError } from '@vendor-graph/http';
import { IncompleteExportError } from './incomplete-export-error.js';

/** More organizations are counted, not named. */
const MOST_NAMED = 20;

interface Failure {
  readonly organization: string;
  readonly endpoint: string | undefined;
  readonly status: number | string | undefined;
  readonly isRefusal: boolean;
  readonly isExhausted: boolean;
  readonly message: string;
}

/** What went wrong with single organizations, while the others went on. */
export class OrganizationFailures {
  readonly #failures: Failure[] = [];

  /** The names of those whose token was refused. */
  get refused(): readonly string[] {
    return this.#failures.filter(({ isRefusal }) => isRefusal).map(({ organization }) => organization);
  }

  /**
   * Notes what the reading of one organization ended with.
   *
   * @param organization its name and id, for people
   * @throws the error itself when it is not about this organization: then the next one would not fare better
   */
  note(organization: string, error: unknown): void {
    if (error instanceof HttpError) {
      const { endpoint, status, code, retriesExhausted: isExhausted, message } = error;
      const isRefusal = status === 401 || status === 403;
      this.#failures.push({ organization, endpoint, status: status ?? code, isRefusal, isExhausted, message });
    } else if (error instanceof IntegrationProviderAPIError && error.fatal !== true) {
      const { endpoint, status, message } = error;
      this.#failures.push({ organization, endpoint, status, isRefusal: false, isExhausted: false, message });
    } else if (error instanceof IncompleteExportError) {
      const { message, endpoint } = error;
      this.#failures.push({ organization, endpoint, status: undefined, isRefusal: false, isExhausted: false, message });
    } else {
      throw error;
    }
  }

  /**
   * Ends a step in which an organization failed: a step that returned would be taken for complete, and what it lacks
   * would be deleted from the graph.
   *
   * @param what what was read, in the plural and capitalized
   * @param of how many organizations it was to be read of
   * @throws a provider error that names the organizations
   */
  throwIfAny(what: string, of: number): void {
    const [first] = this.#failures;
    if (first === undefined) return;
    const named = this.#failures.slice(0, MOST_NAMED).map(({ organization, message }) => `${organization}: ${message}`);
    const unnamed = this.#failures.length - named.length;
    const message = `${what} of ${this.#failures.length} of ${of} organizations could not be read completely. ${named.join('; ')}${unnamed > 0 ? `; and ${unnamed} more` : ''}`;
    const details = {
      endpoint: first.endpoint ?? 'the export API',
      status: first.status ?? 'incomplete',
      statusText: message,
    };
    throw this.#error(details, message);
  }

  #error(
    details: { endpoint: string; status: number | string; statusText: string },
    message: string,
  ): IntegrationProviderAPIError {
    if (this.#failures.every(({ isRefusal }) => isRefusal)) return new IntegrationProviderAuthorizationError(details);
    if (this.#failures.every(({ isExhausted }) => isExhausted))
      return new IntegrationProviderRetriesExceededError(details);
    return new IntegrationProviderAPIError({ ...details, message });
  }
}
