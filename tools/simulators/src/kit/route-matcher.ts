/** What a request looks like to the fault plan and to the counters. `path` is the path on the wire, without the query. */
export interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Which requests are meant: `GET /v2/agents` (`:name` stands for one path segment, a final `*` for the rest; without a
 * method, any method), a pattern for `GET /v2/agents?status=online`, or a function. A path means the vendor's own path:
 * the kit's `pathPrefix` option is not part of it.
 */
export type Route = string | RegExp | ((request: SimulatedRequest) => boolean);

/** Compiles a route once; the answer says whether a request is meant. */
export function routeMatcher(route: Route): (request: SimulatedRequest) => boolean {
  if (typeof route === 'function') return route;
  if (typeof route === 'string') {
    const [, method, path] = /^(?:([A-Z]+) +)?(\/\S*|\*)$/.exec(route) ?? [];
    if (path === undefined) {
      throw new TypeError(`"${route}" is no route; write it as "GET /v2/agents", "/v2/agents/:id" or "*".`);
    }
    const pattern = pathPattern(path);
    return (request) => (method === undefined || method === request.method) && pattern.test(request.path);
  }
  // Without the flags that make a pattern remember where it stopped: each request is matched from its beginning.
  const pattern = new RegExp(route.source, route.flags.replaceAll(/[gy]/g, ''));
  return (request) => pattern.test(requestLine(request));
}

/** `GET /v2/agents?status=online`, decoded. */
export function requestLine({ method, path, query }: SimulatedRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => `${name}=${one}`),
  );
  return `${method} ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

function pathPattern(path: string): RegExp {
  if (path === '*') return /^/;
  const source = path
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/:\w+/g, '[^/]+')
    .replace(/\*$/, '.*');
  return new RegExp(`^${source}$`);
}
