import type { AuthScheme } from './auth/auth-scheme.js';
import { createRedactor, redactCredentialShapes } from './redact.js';

/** Keeps the secrets of one client out of its texts. A scheme's secrets may grow (renewed tokens). */
export class Redaction {
  #secrets: readonly string[] = [];
  #redactSecrets: (text: string) => string = (text) => text;

  constructor(
    private readonly auth: AuthScheme,
    private readonly redactMore: (text: string) => string = (text) => text,
  ) {}

  /**
   * For a text that a server wrote.
   *
   * @param derived what was made of the secrets for this request
   */
  ofVendorText(text: string, derived: readonly string[]): string {
    return this.redactMore(redactCredentialShapes(createRedactor(derived)(this.ofOwnText(text))));
  }

  /** For a text of our own, such as an endpoint. */
  ofOwnText(text: string): string {
    const { secrets } = this.auth;
    if (secrets.length !== this.#secrets.length || secrets.some((secret, at) => secret !== this.#secrets[at])) {
      this.#secrets = secrets;
      this.#redactSecrets = createRedactor(secrets);
    }
    return this.#redactSecrets(text);
  }
}
