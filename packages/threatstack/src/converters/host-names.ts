import { isIP } from 'node:net';

/** The two forms of a host's name that other sources in the graph go by. */
export interface HostNames {
  /** The first label, in lower case. */
  hostname?: string;
  /** The full domain name, in lower case, where the host reported one. */
  fqdn?: string;
}

const HOST_LABEL = /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/;

/** Names that every machine may have, so that they identify none. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['localhost', 'localhost.localdomain', '(none)']);

/** Splits a reported host name into its short form and its full form. An address is no name and gives neither. */
export function hostNamesOf(reported: string | undefined): HostNames {
  const name = (reported ?? '').trim().toLowerCase().replace(/\.$/, '');
  if (name === '' || isIP(name) !== 0) return {};
  const labels = name.split('.');
  const [first = ''] = labels;
  return {
    ...(HOST_LABEL.test(first) ? { hostname: first } : {}),
    ...(labels.length >= 2 && !labels.includes('') ? { fqdn: name } : {}),
  };
}

/** The names by which a server may be found in the graph, each once; none when the host has a name that any host may have. */
export function serverNames({ hostname, fqdn }: HostNames): string[] {
  return [...new Set([hostname, fqdn])].filter((name): name is string => name !== undefined && !COMMON_NAMES.has(name));
}
