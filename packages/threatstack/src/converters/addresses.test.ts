import { describe, expect, it } from 'vitest';
import { macAddressOf, normalizeAddresses } from './addresses.js';

describe('normalizeAddresses', () => {
  it.each([
    ['nothing', undefined, []],
    ['an empty list', [], []],
    ['a bare string', '198.51.100.7', ['198.51.100.7']],
    ['an empty string', '', []],
    ['a prefix length', ['10.1.2.3/24'], ['10.1.2.3']],
    ['IPv4 loopback', ['127.0.0.1/8', '127.3.4.5'], []],
    ['IPv6 loopback in both spellings', ['::1/128', '0:0:0:0:0:0:0:1'], []],
    ['a zone', ['fe80::1%eth0'], ['fe80::1']],
    ['blanks', [' 10.0.0.1 '], ['10.0.0.1']],
    ['what is no address', ['eth0', '10.0.0', '10.0.0.256', '', '10.0.0.9'], ['10.0.0.9']],
    ['repeats, in order', ['10.0.0.2', '10.0.0.1', '10.0.0.2/16'], ['10.0.0.2', '10.0.0.1']],
  ])('handles %s', (_, reported, expected) => {
    expect(normalizeAddresses(reported)).toEqual(expected);
  });
});

describe('macAddressOf', () => {
  it.each([
    ['fe80::4d8:28ff:feed:7692', '06:d8:28:ed:76:92'],
    ['fe80::824:6ff:fe23:c8f6', '0a:24:06:23:c8:f6'],
    ['FE80:0:0:0:824:6FF:FE23:C8F6', '0a:24:06:23:c8:f6'],
    ['fe80::200:ff:fe00:1', '00:00:00:00:00:01'],
  ])('finds the hardware address in %s', (address, expected) => {
    expect(macAddressOf(address)).toBe(expected);
  });

  it.each(['fe80::1', 'fe80::a1b2:c3d4:e5f6:1234', '::ffff:10.0.0.1', '::', '10.0.0.1', 'no address', ''])(
    'finds none in %j',
    (address) => {
      expect(macAddressOf(address)).toBeUndefined();
    },
  );
});
