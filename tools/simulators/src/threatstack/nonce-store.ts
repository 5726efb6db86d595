/** Nonces are remembered for so long: twice the usual skew, so that a replay is stale before it is forgotten. */
const MEMORY_MS = 120_000;

/** Remembers which nonces were used, by key. */
export class NonceStore {
  /** Time of use by key and nonce, oldest first. */
  readonly #used = new Map<string, number>();

  /** Notes a use; false when the nonce was used before, less than two minutes ago. */
  use(key: string, nonce: string, now: number): boolean {
    for (const [entry, usedAt] of this.#used) {
      if (now - usedAt < MEMORY_MS) break;
      this.#used.delete(entry);
    }
    const entry = `${key} ${nonce}`;
    if (this.#used.has(entry)) return false;
    this.#used.set(entry, now);
    return true;
  }
}
