import { describe, expect, it } from 'vitest';
import { sortIpAddresses } from './ip-addresses.js';

describe('sortIpAddresses', () => {
  it('sorts by family and reach, keeping the order of the input', () => {
    const sorted = sortIpAddresses(['192.168.1.91', 'fe80::250:56ff:fe89:b0e1'], ['203.0.113.20', '10.9.0.4']);

    expect(sorted).toEqual({
      ipv4: ['192.168.1.91', '203.0.113.20', '10.9.0.4'],
      ipv6: ['fe80::250:56ff:fe89:b0e1'],
      public: ['203.0.113.20'],
      private: ['192.168.1.91', 'fe80::250:56ff:fe89:b0e1', '10.9.0.4'],
    });
  });

  it.each([
    ['10.0.0.1', 'private'],
    ['11.0.0.1', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.167.1.1', 'public'],
    ['192.168.0.1', 'private'],
    ['127.0.0.1', 'private'],
    ['169.254.10.1', 'private'],
    ['169.253.10.1', 'public'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'private'],
    ['100.127.255.255', 'private'],
    ['100.128.0.0', 'public'],
    ['8.8.8.8', 'public'],
    ['::1', 'private'],
    ['0:0:0:0:0:0:0:1', 'private'],
    ['::2', 'public'],
    ['::11', 'public'],
    ['fe80::1', 'private'],
    ['FEBF::1', 'private'],
    ['fec0::1', 'public'],
    ['fc00::1', 'private'],
    ['fdff:1::2', 'private'],
    ['fe00::1', 'public'],
    ['fc::1', 'public'],
    ['2001:db8::1', 'public'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:8.8.8.8', 'public'],
  ] as const)('takes %s for %s', (address, reach) => {
    expect(sortIpAddresses([address])).toMatchObject({
      public: reach === 'public' ? [address] : null,
      private: reach === 'private' ? [address] : null,
    });
  });

  it('cuts zone ids and merges what is then equal', () => {
    expect(sortIpAddresses(['fe80::1%eth0', 'fe80::1%en1'], ['fe80::1'])).toMatchObject({ ipv6: ['fe80::1'] });
  });

  it.each([[['']], [['999.1.1.1', '1.2.3', 'host', '1.2.3.4.5', '12345::1', '10.0.0.0/8']], [[]]])(
    'answers null for %j, where no address is valid',
    (addresses) => {
      expect(sortIpAddresses(addresses, null, undefined)).toEqual({
        ipv4: null,
        ipv6: null,
        public: null,
        private: null,
      });
    },
  );
});
