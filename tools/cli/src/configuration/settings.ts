import type { EnvFile } from './env-file.js';

/** Where a vendor's settings are read from. */
export interface SettingSources {
  /** Name of the vendor, the prefix of its variables: `runzero`. */
  vendor: string;
  env: Readonly<NodeJS.ProcessEnv>;
  envFile: Pick<EnvFile, 'values'>;
}

/**
 * The value of a setting, first hit wins: the vendor's variable of the environment (`ACME_FOO_BAR`), then `ACME_FOO_BAR`
 * and `FOO_BAR` of its file. An unprefixed variable of the environment is not read: vendors share names such as
 * `API_KEY`, and a secret must not travel to the wrong one. Empty counts as not set, since CI systems set secrets that
 * they do not have to nothing.
 *
 * @param prefixed name with the vendor's prefix.
 * @param bare name without it.
 */
export function readSetting(sources: SettingSources, prefixed: string, bare: string): string | undefined {
  const candidates = [sources.env[prefixed], sources.envFile.values.get(prefixed), sources.envFile.values.get(bare)];
  return candidates.find((value) => value !== undefined && value.trim() !== '');
}
