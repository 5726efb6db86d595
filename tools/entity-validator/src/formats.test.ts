import { describe, expect, it } from 'vitest';
import { jupiterOneFormats } from './formats.js';

describe('jupiterOneFormats', () => {
  it.each([
    ['ip', '192.0.2.1', true],
    ['ip', '2001:db8::1', true],
    ['ip', '192.0.2.256', false],
    ['ip', '192.0.2.1/24', false],
    ['ip', 'host.example', false],
    ['ip', '', false],
    ['ipCidr', '192.0.2.0/24', true],
    ['ipCidr', '0.0.0.0/0', true],
    ['ipCidr', '192.0.2.1/32', true],
    ['ipCidr', '2001:db8::/32', true],
    ['ipCidr', '2001:db8::1/128', true],
    ['ipCidr', '::/0', true],
    ['ipCidr', '192.0.2.0/33', false],
    ['ipCidr', '192.0.2.0/024', false],
    ['ipCidr', '192.0.2.0/', false],
    ['ipCidr', '192.0.2.0/24/24', false],
    ['ipCidr', '192.0.2.0', false],
    ['ipCidr', '2001:db8::/129', false],
    ['ipCidr', 'fe80::1%eth0/64', false],
    ['ipCidr', 'example/8', false],
    ['asn', 'AS13335', true],
    ['asn', 'AS64', true],
    ['asn', 'AS1', false],
    ['asn', 'AS1234567', false],
    ['asn', '13335', false],
    ['asn', 'AS13335\n', false],
  ] as const)('%s of %j is %s', (format, value, expected) => {
    expect(jupiterOneFormats[format](value)).toBe(expected);
  });
});
