import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalRequest, escherSignature } from './escher-signature.js';

const HOST = 'securecn.cisco.com';
const SECRET = 'dGVzdC1vbmx5LXNlY3JldC1ub3QtcmVhbC0wMDAwMDE=';
const IMAGE = '/api/images/640af106-ffb4-4b9e-942d-8f2a59526b1b/vulnerabilities';
const ONE_YEAR =
  '/api/appTelemetries?sortKey=appName&sortDir=ASC&startTime=2023-03-01T09:15:30.250Z&endTime=2024-03-01T09:15:30.250Z&offset=0&maxResults=200';

describe('escherSignature', () => {
  // R1 and R2 are what the live service received from a client whose secret was INVALID.
  it.each([
    {
      name: 'R1',
      target: '/api/me',
      date: '20220504T064546Z',
      secret: 'INVALID',
      signature: 'aa33705151c1654e7b7bd64cd68ab08a0b5385bbf4c8fff370f7ffeff6f59a58',
    },
    {
      name: 'R2',
      target: '/api/users',
      date: '20220726T122139Z',
      secret: 'INVALID',
      signature: '4a6618a86946aae0f903a42b205d2c155d98b33adffab4a09ecd70eb2c21be6f',
    },
    { name: 'A', target: '/api/users', signature: '2d7b19daf88a7f7441f5c93206649a2f3a65a90d12213dea949efbcf2adc7d97' },
    { name: 'B', target: ONE_YEAR, signature: 'd1b3f5bf3dff92888d98b80e4bac001437c0c80bd3f8d52b470e4133595a23fe' },
    {
      name: 'B with %3A',
      target: ONE_YEAR.replaceAll(':', '%3A'),
      signature: 'd1b3f5bf3dff92888d98b80e4bac001437c0c80bd3f8d52b470e4133595a23fe',
    },
    {
      name: 'C',
      target: `${IMAGE}?offset=200&maxResults=200`,
      signature: '1a313b41ebe237a65f096e71eeee2439416455683a6cf78d16750ccea2f8235a',
    },
    {
      name: 'D',
      target: '/api/appTelemetries?namespacesFilter=W3siaWQiOiJhK2IvYyJ9XQ%3D%3D&sortKey=appName',
      signature: 'd2f12837e8e766c11474e1503e49fd594347d81fb5ef15556a0b9f546bda69cf',
    },
    {
      name: 'E',
      method: 'POST',
      target: '/api/account/usageStatus',
      signature: '96dd728e293a524fba4f58d4781ae715d4e682541aea192cc7e7398834e20f30',
    },
    {
      name: 'F',
      target: '/api/users',
      host: '127.0.0.1:8443',
      signature: 'f5b75cd8eeb5a2feee065ce04956a67c9e279f46b158aeae068ec8f1b23345bd',
    },
  ])(
    'makes the signature of vector $name',
    ({ method = 'GET', target, host = HOST, date = '20240301T091530Z', secret = SECRET, signature }) => {
      expect(escherSignature({ method, target, host, date, body: '' }, secret)).toBe(signature);
    },
  );

  it('is what the live service calculates for the request of vector R2', () => {
    const request = { method: 'GET', target: '/api/users', host: HOST, date: '20220726T122139Z', body: '' };

    expect(escherSignature(request, SECRET)).toBe('a49d49cd3d8f0b2891799d5878e01f63f9bc72cf7ad83be0fd0e1533ac20f941');
  });
});

describe('canonicalRequest', () => {
  it('writes the request of vector R2 in seven parts', () => {
    const request = { method: 'GET', target: '/api/users', host: HOST, date: '20220726T122139Z', body: '' };

    const written = canonicalRequest(request);

    expect(written).toBe(
      'GET\n/api/users\n\nhost:securecn.cisco.com\nx-escher-date:20220726T122139Z\n\nhost;x-escher-date\n' +
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(createHash('sha256').update(written).digest('hex')).toBe(
      '731d5f5614defaed3d3444d1fbacf1df244e11a2899ed1bc6850c2479bb1bed7',
    );
  });

  it.each([
    ['js', '/api/x', 'a=!%27%28%29*~&b=c%20d'],
    ['java', '/api/./x', 'a=%21%27%28%29*~&b=c%20d'],
  ] as const)('writes odd paths and characters as the %s library does', (canonicalisation, path, query) => {
    const target = "/api/./x?b=c+d&a=!'()*~";
    const request = { method: 'GET', target, host: HOST, date: '20240301T091530Z', body: '' };

    const lines = canonicalRequest(request, canonicalisation).split('\n');

    expect(lines.slice(1, 3)).toEqual([path, query]);
  });
});
