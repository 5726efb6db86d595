import { isLoopback } from '@vendor-graph/http';

/**
 * What is wrong with a vendor's base URL, if anything. Secrets are sent to it, so it has to be https; plain http is
 * accepted where nobody else can listen, on a loopback address. A path prefix is fine.
 *
 * @returns the problem as the rest of a sentence that begins with the field's name, without the value.
 *
 * @example
 * import { checkBaseUrl } from '@vendor-graph/integration';
 * checkBaseUrl('https://api.example.com'); // => undefined
 * checkBaseUrl('http://api.example.com'); // => 'must begin with https:// (http:// is for loopback addresses only)'
 */
export function checkBaseUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return 'must be a URL such as https://api.example.com';
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url)))
    return 'must begin with https:// (http:// is for loopback addresses only)';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  // A lone "?" or "#" leaves search and hash empty but ends the path.
  if (/[?#]/.test(value)) return 'must not hold a query or a fragment';
  return undefined;
}
