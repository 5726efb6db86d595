import { createRedactor } from '@vendor-graph/http';

/** Cuts secrets out of texts; they become known one vendor after the other. */
export class Redactor {
  readonly #secrets = new Set<string>();
  #redact = createRedactor([]);

  /** Makes secrets known: from now on no text keeps them, raw or encoded. */
  addAll(secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
    this.#redact = createRedactor([...this.#secrets]);
  }

  /** The text without any secret, and without what looks like a signature or a token. */
  redact(text: string): string {
    return this.#redact(text);
  }
}
