import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * The addresses of one kind as they are compared with other sources: without prefix length and zone, without loopback and
 * anything that is no address, each once, in the order given.
 *
 * @param reported a list, or the single string that old answers hold
 */
export function normalizeAddresses(reported: string | readonly string[] | undefined): string[] {
  const entries = typeof reported === 'string' ? [reported] : (reported ?? []);
  return [...new Set(entries.map(bareAddress).filter(isHostAddress))];
}

/**
 * The hardware address inside a link-local address, where the address was made from one.
 *
 * An interface identifier in modified EUI-64 format (RFC 4291, appendix A) holds the hardware address, split by `ff:fe`, with
 * the universal/local bit inverted. Addresses of other kinds (random, DHCPv6) hold none.
 *
 * @returns six pairs of hex digits separated by colons, or undefined
 */
export function macAddressOf(linkLocalAddress: string): string | undefined {
  const bytes = ipv6Bytes(linkLocalAddress)?.slice(8);
  if (bytes?.[3] !== 0xff || bytes[4] !== 0xfe) return undefined;
  const [first = 0, ...rest] = [...bytes.slice(0, 3), ...bytes.slice(5)];
  return [first ^ 0x02, ...rest].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function bareAddress(entry: string): string {
  return entry.replace(/[/%].*$/s, '').trim();
}

function isHostAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** The sixteen bytes of an IPv6 address without an IPv4 tail; undefined for anything else. */
function ipv6Bytes(address: string): number[] | undefined {
  if (isIP(address) !== 6 || address.includes('.')) return undefined;
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => 0), ...after];
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}
