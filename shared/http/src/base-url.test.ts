import { expect, it } from 'vitest';
import { isLoopback, parseBaseUrl } from './base-url.js';

it.each([
  ['https://api.example.com', 'https://api.example.com/'],
  ['https://api.example.com/', 'https://api.example.com/'],
  [' https://api.example.com/prefix// ', 'https://api.example.com/prefix'],
  ['https://api.example.com:8443/a/b', 'https://api.example.com:8443/a/b'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['http://localhost:8080/api', 'http://localhost:8080/api'],
  ['http://[::1]:8080', 'http://[::1]:8080/'],
])('takes %s', (text, href) => {
  expect(parseBaseUrl(text).href).toBe(href);
});

it.each([
  ['http://api.example.com', 'baseUrl must begin with https:// (http:// is allowed on a loopback address only)'],
  ['http://127.0.0.1.example.com', 'baseUrl must begin with https:// (http:// is allowed on a loopback address only)'],
  ['http://localhost.example.com', 'baseUrl must begin with https:// (http:// is allowed on a loopback address only)'],
  ['http://10.0.0.1', 'baseUrl must begin with https:// (http:// is allowed on a loopback address only)'],
  ['ftp://api.example.com', 'baseUrl must begin with https:// (http:// is allowed on a loopback address only)'],
  ['https://user:canary-password@api.example.com', 'baseUrl must not hold credentials'],
  ['https://user@api.example.com', 'baseUrl must not hold credentials'],
  ['https://api.example.com/?key=canary', 'baseUrl must not have a query or a fragment'],
  ['https://api.example.com/#x', 'baseUrl must not have a query or a fragment'],
  ['api.example.com', 'baseUrl is not a URL: it looks like https://host/path'],
  ['', 'baseUrl is not a URL: it looks like https://host/path'],
])('refuses %s in words that do not repeat it', (text, message) => {
  expect(() => parseBaseUrl(text)).toThrow(new TypeError(message));
});

it('leaves a URL object that it is given as it is', () => {
  const given = new URL('https://api.example.com/prefix/');

  parseBaseUrl(given);

  expect(given.href).toBe('https://api.example.com/prefix/');
});

it.each([
  ['http://127.0.0.1', true],
  ['http://127.1', true],
  ['http://0x7f.0.0.1', true],
  ['http://127.255.255.254:1', true],
  ['http://localhost', true],
  ['http://LOCALHOST:1', true],
  ['http://a.localhost', true],
  ['http://[::1]', true],
  ['http://0.0.0.0', false],
  ['http://128.0.0.1', false],
  ['http://[::2]', false],
  ['http://notlocalhost', false],
  ['http://127.0.0.1.nip.io', false],
])('knows whether %s is a loopback address: %s', (href, expected) => {
  expect(isLoopback(new URL(href))).toBe(expected);
});
