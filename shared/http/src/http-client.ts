import { systemClock } from '@vendor-graph/flow-control';
import { parseBaseUrl } from './base-url.js';
import type { Call } from './call.js';
import { CallScope } from './call-scope.js';
import type { ClientContext } from './client-context.js';
import type { HttpClientOptions, HttpStats, JsonAnswer, RequestOptions } from './client-options.js';
import { ACCEPT_ENCODING } from './decode-body.js';
import { Connections } from './connections.js';
import { publish } from './http-events.js';
import type { JsonLine } from './json-lines.js';
import { streamLines } from './stream-lines.js';
import { performCall } from './perform-call.js';
import { Redaction } from './redaction.js';
import { requestUrl } from './request-url.js';
import { RetryBudget } from './retry-budget.js';
import { DEFAULT_RETRY } from './retry-policy.js';
import { takeJson } from './take-json.js';
import { checkTimeouts, DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.js';

const MEBIBYTE = 1024 * 1024;
const DEFAULT_MAX_BODY_BYTES = 64 * MEBIBYTE;
const DEFAULT_MAX_LINE_BYTES = 64 * MEBIBYTE;

/**
 * Talks to one vendor API for one account: signs each attempt anew, keeps to the rate limit, retries what may pass, and
 * ends every other request with a typed error.
 *
 * @example
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import type { AddressInfo } from 'node:net';
 * import { bearerAuth, HttpClient } from '@vendor-graph/http';
 * const server = createServer((request, response) => response.end(JSON.stringify({ path: request.url })));
 * await once(server.listen(0, '127.0.0.1'), 'listening');
 * const client = new HttpClient({
 *   baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
 *   product: { name: 'acme', version: '1.0.0' },
 *   auth: bearerAuth({ token: 'secret' }),
 * });
 * const { body } = await client.requestJson('/v2/agents', { query: { status: 'online' } });
 * await client.close();
 * server.close();
 *
 * body; // => { path: '/api/v2/agents?status=online' }
 */
export class HttpClient {
  readonly #baseUrl: URL;
  readonly #timeouts: Timeouts;
  readonly #context: ClientContext;
  readonly #options: HttpClientOptions;
  readonly #openCalls = new Set<CallScope>();
  #closed: Promise<void> | undefined;

  /**
   * @throws TypeError for a base URL that is neither https nor on a loopback address, or that holds credentials
   * @throws RangeError for a time limit that is not a number of milliseconds
   */
  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#baseUrl = parseBaseUrl(options.baseUrl);
    const { product, auth, clock = systemClock, random = Math.random, rateLimiter, concurrency } = options;
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...known(options.timeouts) };
    checkTimeouts(this.#timeouts);
    this.#context = {
      product,
      auth,
      clock,
      random,
      rateLimiter,
      concurrency,
      connections: new Connections(this.#baseUrl, this.#timeouts.connectMs),
      budget: new RetryBudget(),
      hooks: options,
      stats: {
        requests: 0,
        retries: 0,
        rateLimitWaitMs: 0,
        bytes: 0,
        peakInFlight: 0,
        unverifiedAnswers: 0,
        inFlight: 0,
      },
      redaction: new Redaction(auth, options.redact),
    };
  }

  /** Requests on the wire now. */
  get inFlight(): number {
    return this.#context.stats.inFlight;
  }

  /** What the client has done so far. */
  get stats(): Readonly<HttpStats> {
    return { ...this.#context.stats };
  }

  /**
   * Sends a request and decodes the JSON body of its answer.
   *
   * @param path begins with a slash and is appended to the base URL; what needs percent-encoding in it is encoded already
   * @throws HttpStatusError | RedirectError | BodyError | ConnectionError | TimeoutError, or the reason of the caller's
   * signal
   */
  async requestJson(path: string, options: RequestOptions = {}): Promise<JsonAnswer> {
    const timeouts = { ...this.#timeouts, ...known(options.timeouts) };
    const call = this.#call(path, options, timeouts);
    try {
      const { result } = await performCall(this.#context, call, (exchange) =>
        takeJson(this.#context, call, exchange, this.#options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES),
      );
      return result;
    } finally {
      call.scope.dispose();
    }
  }

  /**
   * Reads one answer as JSON lines while it comes in; the server is held back while the consumer works, and only one line
   * is in memory. The request is retried until the first byte of the body; from then on a cut, stalled or malformed body
   * throws. It has no total time limit unless `options.timeouts.totalMs` gives one.
   *
   * @param options.maxLineBytes default 64 MiB
   * @throws as {@link requestJson}; BodyError tells `lineNumber` and `byteOffset`
   */
  streamJsonLines(
    path: string,
    options: RequestOptions & { maxLineBytes?: number } = {},
  ): AsyncGenerator<JsonLine, void, undefined> {
    const { maxLineBytes = DEFAULT_MAX_LINE_BYTES } = options;
    const begin = (): Call =>
      this.#call(path, options, { ...this.#timeouts, totalMs: undefined, ...known(options.timeouts) });
    return streamLines(this.#context, begin, maxLineBytes);
  }

  /** Ends requests that are under way with a ConnectionError `CLIENT_CLOSED`, and closes all connections. */
  async close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const call of this.#openCalls) call.endWithClient();
    await this.#context.connections.close();
    publish({ type: 'close', product: this.#context.product.name, endpoint: this.#baseUrl.href, attempt: 0 });
  }

  #call(path: string, options: RequestOptions, timeouts: Timeouts): Call {
    const { method = 'GET', repeatable = method === 'GET', query, signal, accept = [] } = options;
    signal?.throwIfAborted();
    checkTimeouts(timeouts);
    const { product, redaction } = this.#context;
    const url = requestUrl(this.#baseUrl, path, query);
    const content = contentOf(options);
    const headers = {
      accept: 'application/json',
      'accept-encoding': ACCEPT_ENCODING,
      'user-agent': `${product.name}/${product.version}`,
      ...(content === undefined ? {} : { 'content-type': content.type }),
      ...lowerCaseNames(options.headers),
    };
    const endpoint = `${method} ${redaction.ofOwnText(url.origin + url.pathname)}`;
    return {
      outgoing: { method, url, headers, body: content?.body, endpoint, repeatable, timeouts },
      policy: { ...DEFAULT_RETRY, ...known(this.#options.retry), ...known(options.retry) },
      accept,
      scope: this.#openScope(endpoint, timeouts.totalMs, signal),
    };
  }

  #openScope(endpoint: string, totalMs: number | undefined, signal: AbortSignal | undefined): CallScope {
    const scope = new CallScope(this.#context.clock, endpoint, totalMs, signal, this.#openCalls);
    if (this.#closed !== undefined) scope.endWithClient();
    return scope;
  }
}

function contentOf({ json, form }: RequestOptions): { type: string; body: string } | undefined {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (form === undefined) return undefined;
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ ...form }).toString() };
}

/** An option that is given as undefined is not given; but for `totalMs`, where it means "no limit". */
function known<T extends object>(options: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(options ?? {}).filter(([name, value]) => value !== undefined || name === 'totalMs'),
  ) as Partial<T>;
}

function lowerCaseNames(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
