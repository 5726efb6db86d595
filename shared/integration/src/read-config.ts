import type { ConfigField, ConfigFields } from './config-field.js';
import { ConfigurationError, type ConfigProblem } from './configuration-error.js';
import { environmentVariable } from './environment-variable.js';

// Values travel in headers and URLs, where a line break or another control character is never right.
// eslint-disable-next-line no-control-regex -- finding control characters is what the expression is for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * Makes a vendor's configuration out of an instance's: trims (masked fields too, which the SDK does not), checks and
 * types its fields. Empty values count as missing; fields that the vendor does not have are ignored.
 *
 * @param vendor name of the vendor, the prefix of its environment variables.
 * @param fields the fields of the configuration.
 * @param raw `instance.config` of the SDK.
 * @param also problems that concern several fields at once; gets the fields that are right by themselves.
 * @throws ConfigurationError that names every problem, each with field, environment variable and where to find the
 * value. Values are never repeated.
 *
 * @example
 * import { readConfig } from '@vendor-graph/integration';
 * const fields = { apiKey: { type: 'string', mask: true, whereToFind: 'Under Settings.' } } as const;
 *
 * readConfig<{ apiKey: string }>('acme', fields, { apiKey: ' key \n' }); // => { apiKey: 'key' }
 */
export function readConfig<Config>(
  vendor: string,
  fields: ConfigFields<Config>,
  raw: Record<string, unknown>,
  also?: (config: Partial<Config>) => readonly ConfigProblem[],
): Config {
  const config: Record<string, string | boolean> = {};
  const problems: ConfigProblem[] = [];
  for (const [name, field] of Object.entries<ConfigField>(fields)) {
    const value = Object.hasOwn(raw, name) ? trimmed(raw[name]) : undefined;
    if (value === undefined) {
      if (field.optional !== true) problems.push(missing(vendor, name, field));
      continue;
    }
    const read = readValue(field, value);
    if ('problem' in read) problems.push(malformed(vendor, name, field, read.problem));
    else config[name] = read.value;
  }

  // A field that is malformed is absent here: what `also` says about it would only confuse.
  const named = new Set(problems.map(({ field }) => field));
  problems.push(...(also?.(config as Partial<Config>) ?? []).filter(({ field }) => !named.has(field)));

  if (problems.length > 0) throw new ConfigurationError(vendor, problems);
  return config as Config;
}

function trimmed(value: unknown): unknown {
  const content = typeof value === 'string' ? value.trim() : value;
  return content === null || content === '' ? undefined : content;
}

function readValue(field: ConfigField, value: unknown): { value: string | boolean } | { problem: string } {
  if (field.type === 'boolean') {
    const word = typeof value === 'string' ? value.toLowerCase() : value;
    if (word === true || word === 'true') return { value: true };
    if (word === false || word === 'false') return { value: false };
    return { problem: 'must be true or false' };
  }
  if (typeof value !== 'string') return { problem: 'must be a text' };
  if (CONTROL_CHARACTER.test(value)) return { problem: 'must not hold a line break or another control character' };
  const problem = field.check?.(value);
  return problem === undefined ? { value } : { problem };
}

function missing(vendor: string, name: string, field: ConfigField): ConfigProblem {
  const variable = environmentVariable(vendor, name);
  return { field: name, message: `${name} is missing: set ${variable}. ${field.whereToFind}`, missing: true };
}

function malformed(vendor: string, name: string, field: ConfigField, problem: string): ConfigProblem {
  const variable = environmentVariable(vendor, name);
  return { field: name, message: `${name} ${problem} (${variable}). ${field.whereToFind}`, missing: false };
}
