import { expect, it } from 'vitest';
import { requestUrl } from './request-url.js';

const BASE = new URL('https://api.example.com/prefix');

it.each([
  ['a prefix', '/v1/things', {}, 'https://api.example.com/prefix/v1/things'],
  [
    'a query',
    '/v1/things',
    { limit: 100, all: true, name: 'a b', none: undefined },
    'https://api.example.com/prefix/v1/things?limit=100&all=true&name=a+b',
  ],
  [
    'a repeated parameter',
    '/v1/things',
    { severity: ['high', 'low'] },
    'https://api.example.com/prefix/v1/things?severity=high&severity=low',
  ],
  ['a query in the path', '/v1/things?a=1', { b: '2' }, 'https://api.example.com/prefix/v1/things?a=1&b=2'],
  ['percent-encoding in the path', '/v1/a%26b%2Fc', {}, 'https://api.example.com/prefix/v1/a%26b%2Fc'],
  ['a path that looks like a host', '//evil.example.com/x', {}, 'https://api.example.com/prefix//evil.example.com/x'],
  ['dots that are no segment', '/v1/..a/b..', {}, 'https://api.example.com/prefix/v1/..a/b..'],
  ['dots in the query', '/v1/things?path=/../x', {}, 'https://api.example.com/prefix/v1/things?path=/../x'],
])('keeps %s', (_what, path, query, href) => {
  expect(requestUrl(BASE, path, query).href).toBe(href);
});

it('appends to a base without a path', () => {
  expect(requestUrl(new URL('https://api.example.com'), '/v1').href).toBe('https://api.example.com/v1');
});

it.each([
  'v1/things',
  '@evil.example.com/',
  '/v1/../admin',
  '/v1/%2e%2E/admin',
  '/v1/.',
  '/v1\\..\\admin',
  '/v1/.\t./admin',
  '/v1/.\n./admin',
  '/v1#x',
  '',
])('refuses the path %j', (path) => {
  expect(() => requestUrl(BASE, path)).toThrow(TypeError);
});
