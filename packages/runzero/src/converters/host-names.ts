import { isIP } from 'node:net';

/** What JupiterOne's class Device accepts as hostname: one label of a domain name, two characters or more. */
const LABEL = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]$/;
const DOTTED_LABEL = /^[a-zA-Z0-9-]{0,62}[a-zA-Z0-9]$/;
const TOP_LEVEL_LABEL = /^[a-zA-Z]{2,63}$/;

/**
 * The host name among an asset's names: the first that is a plain label, else the first label of the first dotted name
 * if that is one, else null. Addresses are not names. `FILE_SRV_01` is not a label (underscores), `FS01` is.
 */
export function hostnameOf(names: readonly string[]): string | null {
  const plain = names.find((name) => LABEL.test(name));
  if (plain !== undefined) return plain;
  const label = names.find((name) => name.includes('.') && isIP(name) === 0)?.split('.', 1)[0];
  return label !== undefined && LABEL.test(label) ? label : null;
}

/** The fully qualified domain names among an asset's names, or null when there are none. */
export function fullyQualifiedNames(names: readonly string[]): string[] | null {
  const qualified = new Set(names.filter(isFullyQualified));
  return qualified.size > 0 ? [...qualified] : null;
}

function isFullyQualified(name: string): boolean {
  if (name.length < 4 || name.length > 253) return false;
  const labels = name.split('.');
  const top = labels.pop();
  return (
    top !== undefined &&
    TOP_LEVEL_LABEL.test(top) &&
    labels.length > 0 &&
    labels.every((label) => !label.startsWith('-') && DOTTED_LABEL.test(label))
  );
}
