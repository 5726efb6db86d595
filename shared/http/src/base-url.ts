/**
 * Checks and normalises a base URL: https, or http on a loopback address; no credentials, query or fragment. The slash at
 * the end of its path is removed.
 *
 * @throws TypeError that says what is wrong, without the value
 */
export function parseBaseUrl(baseUrl: string | URL): URL {
  const text = typeof baseUrl === 'string' ? baseUrl.trim() : baseUrl.href;
  if (!URL.canParse(text)) throw new TypeError('baseUrl is not a URL: it looks like https://host/path');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new TypeError('baseUrl must begin with https:// (http:// is allowed on a loopback address only)');
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('baseUrl must not hold credentials');
  if (url.search !== '' || url.hash !== '') throw new TypeError('baseUrl must not have a query or a fragment');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/**
 * The name cannot be pointed elsewhere: `localhost` and its subdomains, 127.0.0.0/8, ::1.
 *
 * @example
 * import { isLoopback } from '@vendor-graph/http';
 * isLoopback(new URL('http://127.0.0.1:8080')); // => true
 * isLoopback(new URL('https://api.example.com')); // => false
 */
export function isLoopback(url: Pick<URL, 'hostname'>): boolean {
  return /^(?:(?:[^.]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
