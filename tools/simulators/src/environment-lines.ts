import type { SimulatorCredentials } from './kit/simulator.js';

/**
 * The credentials of a running simulator as lines for a shell or an `.env` file: the default ones as variables, the other
 * kinds behind `#`.
 */
export function environmentLines(vendor: string, credentials: SimulatorCredentials): string[] {
  const { default: byDefault = {}, ...others } = credentials;
  return [
    ...assignments(vendor, byDefault),
    ...Object.entries(others).flatMap(([kind, values]) => [
      `# ${kind}:`,
      ...assignments(vendor, values).map((line) => `# ${line}`),
    ]),
  ];
}

function assignments(vendor: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([field, value]) => assignment(vendor, field, value));
}

function assignment(vendor: string, field: string, value: string): string {
  return `${upperSnakeCase(vendor)}_${upperSnakeCase(field)}=${quoted(value)}`;
}

/** `accountAPIKey` becomes ACCOUNT_API_KEY. */
function upperSnakeCase(name: string): string {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).join('_').toUpperCase();
}

function quoted(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
