import { describe, expect, it } from 'vitest';
import { checkBaseUrl } from './base-url.js';

describe('checkBaseUrl', () => {
  it.each([
    'https://api.example.com',
    'https://api.example.com/',
    'https://api.example.com:8443/some/prefix/v1.0',
    'HTTPS://API.EXAMPLE.COM',
    'http://localhost:8080',
    'http://127.0.0.1:1/v2',
    'http://127.8.9.10',
    'http://127.1',
    'http://[::1]:8080/v2',
  ])('accepts %s', (value) => {
    expect(checkBaseUrl(value)).toBeUndefined();
  });

  const NOT_A_URL = 'must be a URL such as https://api.example.com';
  const NOT_HTTPS = 'must begin with https:// (http:// is for loopback addresses only)';
  it.each([
    ['', NOT_A_URL],
    ['api.example.com', NOT_A_URL],
    ['https://', NOT_A_URL],
    ['https://exa mple.com', NOT_A_URL],
    ['http://api.example.com', NOT_HTTPS],
    ['http://localhost.example.com', NOT_HTTPS],
    ['http://127.0.0.1.example.com', NOT_HTTPS],
    ['http://0.0.0.0', NOT_HTTPS],
    ['http://192.168.0.1', NOT_HTTPS],
    ['http://[::ffff:127.0.0.1]', NOT_HTTPS],
    ['ftp://localhost', NOT_HTTPS],
    ['localhost:8080', NOT_HTTPS],
    ['file:///etc/passwd', NOT_HTTPS],
    ['javascript:alert(1)', NOT_HTTPS],
    ['https://user:word@api.example.com', 'must not hold a user name or a password'],
    ['https://user@api.example.com', 'must not hold a user name or a password'],
    ['https://api.example.com/?key=1', 'must not hold a query or a fragment'],
    ['https://api.example.com/?', 'must not hold a query or a fragment'],
    ['https://api.example.com/#top', 'must not hold a query or a fragment'],
    ['https://api.example.com#', 'must not hold a query or a fragment'],
  ])('refuses %j: %s', (value, problem) => {
    expect(checkBaseUrl(value)).toBe(problem);
  });
});
