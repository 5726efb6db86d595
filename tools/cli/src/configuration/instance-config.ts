import { environmentVariable } from '@vendor-graph/integration';
import type { VendorField } from '../vendors/load-vendor.js';
import { readSetting, type SettingSources } from './settings.js';

/** An instance's configuration as far as it can be read from the settings. */
export interface ReadInstanceConfig {
  config: Record<string, unknown>;
  /** What is wrong; never repeats a value. */
  problems: readonly string[];
  /** Whether a required value is missing. */
  incomplete: boolean;
}

/**
 * Reads a vendor's configuration from the settings. A field that says where its value is found is checked by the package
 * itself, which knows more about it, and is passed on as it is; the others are checked here.
 */
export function readInstanceConfig(
  fields: readonly (readonly [name: string, field: VendorField])[],
  sources: SettingSources,
): ReadInstanceConfig {
  const config: Record<string, unknown> = {};
  const problems: string[] = [];
  let incomplete = false;
  for (const [name, field] of fields) {
    const variable = environmentVariable(sources.vendor, name);
    const value = readSetting(sources, variable, withoutPrefix(variable, sources.vendor));
    if (value === undefined) {
      if (field.whereToFind !== undefined || field.optional === true) continue;
      incomplete = true;
      problems.push(`${name} is missing: set ${variable}.`);
      continue;
    }
    const read = field.whereToFind === undefined ? readTyped(field, value) : { value };
    if ('problem' in read) problems.push(`${name} ${read.problem} (${variable}).`);
    else config[name] = read.value;
  }
  return { config, problems, incomplete };
}

/** The values that must not be shown: those of masked fields, and of fields that nobody described. */
export function secretsIn(
  config: Readonly<Record<string, unknown>>,
  fields: readonly (readonly [name: string, field: VendorField])[],
): string[] {
  const open = new Set(fields.filter(([, { mask }]) => mask !== true).map(([name]) => name));
  return Object.entries(config).flatMap(([name, value]) =>
    typeof value === 'string' && !open.has(name) ? [value] : [],
  );
}

function readTyped(field: VendorField, value: string): { value: unknown } | { problem: string } {
  switch (field.type) {
    case 'boolean': {
      const word = value.trim().toLowerCase();
      return word === 'true' || word === 'false' ? { value: word === 'true' } : { problem: 'must be true or false' };
    }
    case 'json':
      try {
        return { value: JSON.parse(value) };
      } catch {
        return { problem: 'must be JSON' };
      }
    case 'string':
    case undefined:
      return { value };
  }
}

function withoutPrefix(variable: string, vendor: string): string {
  return variable.slice(environmentVariable(vendor, '').length);
}
