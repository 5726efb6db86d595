import { isIPv4, isIPv6 } from 'node:net';

/** The addresses of one device, sorted into the lists that JupiterOne's class Device wants; null where there are none. */
export interface IpAddresses {
  ipv4: string[] | null;
  ipv6: string[] | null;
  /** Both families, in the order of the input. */
  public: string[] | null;
  private: string[] | null;
}

/**
 * Sorts addresses by family and by reach. Zone ids (`fe80::1%eth0`) are cut, duplicates merged, anything that is not an
 * IP address is left out.
 */
export function sortIpAddresses(...lists: readonly (readonly string[] | null | undefined)[]): IpAddresses {
  const unique = new Set<string>();
  for (const list of lists) for (const address of list ?? []) unique.add(withoutZone(address));
  const sorted = { ipv4: [] as string[], ipv6: [] as string[], public: [] as string[], private: [] as string[] };
  for (const address of unique) {
    const isV4 = isIPv4(address);
    if (!isV4 && !isIPv6(address)) continue;
    (isV4 ? sorted.ipv4 : sorted.ipv6).push(address);
    const isPrivate = isV4 ? isPrivateIpv4(address) : isPrivateIpv6(address);
    (isPrivate ? sorted.private : sorted.public).push(address);
  }
  return {
    ipv4: nullWhenEmpty(sorted.ipv4),
    ipv6: nullWhenEmpty(sorted.ipv6),
    public: nullWhenEmpty(sorted.public),
    private: nullWhenEmpty(sorted.private),
  };
}

function withoutZone(address: string): string {
  const zone = address.indexOf('%');
  return (zone === -1 ? address : address.slice(0, zone)).trim();
}

/** 10/8, 172.16/12, 192.168/16 (RFC 1918), 127/8, 169.254/16 and 100.64/10 (RFC 6598). */
function isPrivateIpv4(address: string): boolean {
  const [first, second] = address.split('.', 2).map(Number);
  if (first === undefined || second === undefined) return false;
  return (
    first === 10 ||
    first === 127 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  );
}

const LOOPBACK = /^[0:]*:0{0,3}1$/;
/** fe80::/10 (link-local) and fc00::/7 (unique local): the first group decides, and it needs all four digits. */
const LOCAL_FIRST_GROUP = /^(?:fe[89ab][0-9a-f]|f[cd][0-9a-f]{2}):/i;
const MAPPED_IPV4 = /^[0:]*:ffff:(?<ipv4>\d+\.\d+\.\d+\.\d+)$/i;

function isPrivateIpv6(address: string): boolean {
  if (LOOPBACK.test(address) || LOCAL_FIRST_GROUP.test(address)) return true;
  const mapped = MAPPED_IPV4.exec(address)?.groups?.['ipv4'];
  return mapped !== undefined && isPrivateIpv4(mapped);
}

function nullWhenEmpty(list: string[]): string[] | null {
  return list.length > 0 ? list : null;
}
