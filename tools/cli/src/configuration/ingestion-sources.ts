import type { IntegrationIngestionConfigFieldMap } from '@jupiterone/integration-sdk-core';
import { environmentVariable } from '@vendor-graph/integration';
import { CommandError } from '../command-error.js';
import { knownWords } from '../vendors/suggestion.js';
import { readSetting, type SettingSources } from './settings.js';

/** Which ingestion sources the user switches. */
export interface SourceSwitches {
  enable: readonly string[];
  disable: readonly string[];
}

/**
 * The switches of the command line; those of the environment (`ACME_ENABLED_SOURCES`, `ACME_DISABLED_SOURCES`: comma
 * lists) for the sources that the command line does not name.
 */
export function readSourceSwitches(commandLine: SourceSwitches, sources: SettingSources): SourceSwitches {
  const named = new Set([...commandLine.enable, ...commandLine.disable]);
  const listed = (setting: string): string[] =>
    (readSetting(sources, environmentVariable(sources.vendor, setting), setting) ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '' && !named.has(id));
  return {
    enable: [...commandLine.enable, ...listed('ENABLED_SOURCES')],
    disable: [...commandLine.disable, ...listed('DISABLED_SOURCES')],
  };
}

/**
 * The sources that are off: by default, unless switched on, and those that are switched off.
 *
 * @throws CommandError for a source that the vendor does not have, that cannot be switched off, or that is switched both
 * on and off.
 */
export function disabledSources(
  ingestionConfig: IntegrationIngestionConfigFieldMap | undefined,
  { enable, disable }: SourceSwitches,
): string[] {
  const sources = ingestionConfig ?? {};
  const known = Object.keys(sources);
  const problems: string[] = [];
  for (const id of [...enable, ...disable])
    if (!known.includes(id))
      problems.push(
        known.length === 0
          ? `There is no ingestion source "${id}": this vendor has none to switch.`
          : `There is no ingestion source "${id}".${knownWords(id, known)}`,
      );
  for (const id of disable) {
    if (sources[id]?.cannotBeDisabled === true) problems.push(`The ingestion source "${id}" cannot be disabled.`);
    if (enable.includes(id)) problems.push(`The ingestion source "${id}" is both enabled and disabled.`);
  }
  if (problems.length > 0) throw new CommandError(problems.join('\n'));

  return known.filter(
    (id) => disable.includes(id) || (sources[id]?.defaultsToDisabled === true && !enable.includes(id)),
  );
}
