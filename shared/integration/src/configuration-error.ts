import { IntegrationValidationError } from '@jupiterone/integration-sdk-core';

/** One thing that a user has to correct in a configuration. */
export interface ConfigProblem {
  /** The field's name, e.g. `apiKey`. */
  field: string;
  /** A whole sentence for the user: what is wrong and what to do. Never the value. */
  message: string;
  /** True when there is no value at all. */
  missing: boolean;
}

/** A configuration cannot be used; `problems` has everything that is wrong with it, and so has the message. */
export class ConfigurationError extends IntegrationValidationError {
  // The SDK decides by the name of the class, not by instanceof, whether an error's message is shown to users.
  static override readonly name = 'IntegrationValidationError';

  readonly problems: readonly ConfigProblem[];

  constructor(vendor: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ message }) => `- ${message}`);
    super(`${vendor}: the configuration cannot be used.\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
