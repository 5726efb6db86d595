import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { KeySet } from './key-set.js';

/**
 * The same integration, of whose objects the SDK's runtime keeps the keys as hashes of 128 bits while it looks
 * for duplicates. By itself it keeps all of them as texts, a third of a gigabyte for two million; it offers no way to give
 * it something else. What it does with keys, and what it says of duplicates, stays the same.
 *
 * An integration that has keys of its own making compared (`normalizeGraphObjectKey`) or collected
 * (`collectEncounteredKeys`) is given back as it is, because that takes the texts.
 *
 * @example
 * import { defineIntegration, withCompactKeys } from '@vendor-graph/integration';
 * const invocationConfig = defineIntegration<object, { close(): Promise<void> }>({
 *   vendor: 'acme',
 *   fields: {},
 *   readConfig: () => ({}),
 *   createClient: () => ({ close: async () => undefined }),
 *   checkCredentials: async () => undefined,
 *   steps: [],
 *   credentialHelp: '',
 * });
 *
 * withCompactKeys(invocationConfig).integrationSteps; // => []
 */
export function withCompactKeys<Config extends IntegrationInvocationConfig>(invocationConfig: Config): Config {
  const { normalizeGraphObjectKey, collectEncounteredKeys } = invocationConfig;
  if (normalizeGraphObjectKey !== undefined || collectEncounteredKeys === true) return invocationConfig;
  return { ...invocationConfig, normalizeGraphObjectKey: asItIs };
}

/** What the SDK's tracker of duplicates keeps keys in: each under itself, as this integration does not change them. */
class CompactKeys {
  readonly #keys = new KeySet();

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  get(key: string): string | undefined {
    return this.#keys.has(key) ? key : undefined;
  }

  set(key: string): this {
    this.#keys.add(key);
    return this;
  }
}

/** As much of the tracker as is known to be there. */
interface Tracker {
  graphObjectKeyMap?: unknown;
}

/**
 * The tracker calls this as a method of its own, before each look into its map, and so also before the first key is in it.
 * A runtime that is made otherwise goes on as ever.
 */
function asItIs(this: Tracker | undefined, key: string): string {
  const map = this?.graphObjectKeyMap;
  if (this !== undefined && map !== undefined && !(map instanceof CompactKeys))
    this.graphObjectKeyMap = new CompactKeys();
  return key;
}
