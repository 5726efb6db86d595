import { CommandError } from '../command-error.js';
import { knownVendors, VENDOR_SCOPE, vendorOf } from './known-vendors.js';

/** A vendor as the user named it. */
export interface NamedVendor {
  /** A name or a path. */
  argument: string;
  /** Its name before its package is found: the last part of a package's name or of a path. */
  label: string;
}

/**
 * The vendors that a command is about.
 *
 * @param all all that can be found, whatever is named.
 * @throws CommandError when there is none.
 */
export function namedVendors(named: readonly string[], all: boolean, cwd: string): NamedVendor[] {
  const vendors = [...new Set(all ? knownVendors(cwd) : named)];
  if (vendors.length === 0) throw new CommandError(noneNamed(knownVendors(cwd)));
  return vendors.map((argument) => ({ argument, label: vendorOf(argument.replace(/[/\\]+$/, '')) }));
}

function noneNamed(known: readonly string[]): string {
  return known.length === 0
    ? `There is no vendor package here. Install one, e.g.: npm install ${VENDOR_SCOPE}/runzero`
    : `Which vendor? Name one or more of ${known.join(', ')}, or use --all.`;
}
