import { isIP, isIPv4, isIPv6 } from 'node:net';

/** What a value must look like to have the format of this name in JupiterOne's class schemas. */
export const jupiterOneFormats = { ip: isIpAddress, ipCidr: isIpRange, asn: isAutonomousSystemNumber } as const;

function isIpAddress(value: string): boolean {
  return isIP(value) !== 0;
}

/** `10.0.0.0/8`, `2001:db8::/32`: an address without a scope, a slash, a prefix length without leading zeros. */
function isIpRange(value: string): boolean {
  const [address = '', length = '', ...rest] = value.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return false;
  if (isIPv4(address)) return Number(length) <= 32;
  return isIPv6(address) && !address.includes('%') && Number(length) <= 128;
}

/** `AS` and two to six digits, as @jupiterone/data-model defines it. */
function isAutonomousSystemNumber(value: string): boolean {
  return /^AS\d{2,6}$/.test(value);
}
