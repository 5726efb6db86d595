import { describe, expect, it } from 'vitest';
import { hostNamesOf, serverNames } from './host-names.js';

describe('hostNamesOf', () => {
  it.each([
    ['ip-10-50-140-117', { hostname: 'ip-10-50-140-117' }],
    ['hostname.tld', { hostname: 'hostname', fqdn: 'hostname.tld' }],
    ['DB_01.corp.example.com', { hostname: 'db_01', fqdn: 'db_01.corp.example.com' }],
    ['web.example.com.', { hostname: 'web', fqdn: 'web.example.com' }],
    ['  web  ', { hostname: 'web' }],
    ['a', { hostname: 'a' }],
    ['web.', { hostname: 'web' }],
    ['10.9.8.7', {}],
    ['fe80::1', {}],
    ['', {}],
    ['   ', {}],
    [undefined, {}],
    ['(none)', {}],
    ['-web', {}],
    ['web-', {}],
    ['we^b', {}],
    ['we`b.example.com', { fqdn: 'we`b.example.com' }],
    ['a..b', { hostname: 'a' }],
    ['.example.com', {}],
  ])('splits %j', (reported, expected) => {
    expect(hostNamesOf(reported)).toEqual(expected);
  });
});

describe('serverNames', () => {
  it.each([
    [{}, []],
    [{ hostname: 'web' }, ['web']],
    [{ hostname: 'web', fqdn: 'web.example.com' }, ['web', 'web.example.com']],
    [{ fqdn: 'we`b.example.com' }, ['we`b.example.com']],
    [{ hostname: 'localhost' }, []],
    [{ hostname: 'localhost', fqdn: 'localhost.localdomain' }, []],
    [{ hostname: 'localhost', fqdn: 'localhost.example.com' }, ['localhost.example.com']],
  ])('offers from %j the names %j', (names, expected) => {
    expect(serverNames(names)).toEqual(expected);
  });
});
