/** Values of query parameters; a list repeats the parameter, undefined leaves it out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * Builds the one URL object that is signed and sent. Percent-encoding in the path stays as it is.
 *
 * @param base as {@link parseBaseUrl} returns it; its path is kept as a prefix
 * @param path begins with a slash, may have a query, no fragment
 * @throws TypeError for a path that would leave the base URL
 */
export function requestUrl(base: URL, path: string, query: Query = {}): URL {
  if (!path.startsWith('/')) throw new TypeError('the path of a request begins with "/"');
  // The URL parser drops these, which could join two dots.
  if (/[\t\n\r]/.test(path)) throw new TypeError('the path of a request has a line break or tab; encode it');
  const [pathname = ''] = path.split(/[?#]/, 1);
  if (pathname.split(/[/\\]/).some(isDotSegment))
    throw new TypeError('the path of a request has a "." or ".." segment');
  if (path.includes('#')) throw new TypeError('the path of a request has a "#"; encode it as %23');
  const url = new URL(base.origin + base.pathname.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      url.searchParams.append(name, String(item));
    }
  }
  return url;
}

function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}
