import { createRequire } from 'node:module';
import { IntegrationProviderAPIError } from '@jupiterone/integration-sdk-core';
import {
  AdaptiveConcurrency,
  paginateByToken,
  PaginationError,
  RateLimiter,
  type Clock,
  type SharedLimit,
  type TokenPage,
} from '@vendor-graph/flow-control';
import { fieldOf, hawkAuth, HttpClient, HttpStatusError, type RetryPolicy } from '@vendor-graph/http';
import {
  recordReader,
  unexpectedAnswer,
  type RecordReader,
  type SkipReport,
  type Static,
  type TObject,
} from '@vendor-graph/integration';
import { REQUESTS_PER_WINDOW, rateLimitFeedback, WINDOW_MS } from './rate-limit.js';
import {
  agentSchema,
  alertSchema,
  ec2InstanceSchema,
  vulnerabilitySchema,
  vulnerableServerSchema,
  type AgentRecord,
  type AlertRecord,
  type Ec2InstanceRecord,
  type VulnerabilityRecord,
  type VulnerableServerRecord,
} from './records.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Requests under way at once, over all steps. */
export const MAX_CONCURRENT_REQUESTS = 4;

/** More pages than the largest organization has; a listing that goes on is broken. */
const MAX_PAGES = 100_000;

/** "Internal error" is a frequent and passing answer of Threat Stack, so it gets more patience than usual. */
const RETRY: Partial<RetryPolicy> = {
  attempts: 8,
  baseDelayMs: 1_000,
  maxDelayMs: 30_000,
  // The longest reset that is believed (see rate-limit.ts), and what a call may wait in all.
  retryAfterCapMs: 601_000,
  rateLimitWaitCapMs: 15 * 60_000,
  malformedRetries: 7,
};

export interface ThreatStackClientOptions {
  /** Without a trailing slash and without `/v2`. */
  apiBaseUrl: string;
  orgId: string;
  userId: string;
  apiKey: string;
  /** Told when the server's clock was found to differ, with server time - local time in milliseconds. */
  onClockSkew?: (offsetMs: number) => void;
  /** Told once, when the signature of an answer is wrong. */
  onUnverifiedAnswer?: () => void;
  /** The organization's limit, when other processes keep it, too. */
  sharedLimit?: SharedLimit | undefined;
  clock?: Clock;
  /** From 0 to 1; what jitter is drawn from. */
  random?: () => number;
}

/** Which alerts to list. */
export interface AlertFilter {
  status: 'active' | 'dismissed';
  /** 1 (highest) to 3; undefined: all. */
  severity?: number | undefined;
  /** ISO 8601 instants, to the second. */
  from: string;
  until: string;
}

/** Where a listing is, and what its answers look like. */
interface Listing<S extends TObject> {
  path: string;
  query: Record<string, string | number | boolean | undefined>;
  /** The key of the list in the answer. */
  key: string;
  reader: RecordReader<S>;
  /** Counts what cannot be read. */
  skipped: SkipReport;
  /** True where "not found" means that there is nothing; anywhere else it would be a wrong address taken for an empty list. */
  emptyWhenNotFound?: boolean;
  /** What tells two pages apart; by default all that is in them. */
  itemKey?: (record: Static<S>) => string;
  /** Told of each page in order; true ends the listing with this page, before the next one is asked for. */
  isEnough?: ((page: readonly Static<S>[]) => boolean) | undefined;
  /** Ends the listing. */
  signal?: AbortSignal | undefined;
}

const agents = recordReader(agentSchema);
const vulnerabilities = recordReader(vulnerabilitySchema);
const servers = recordReader(vulnerableServerSchema);
const alerts = recordReader(alertSchema);
const instances = recordReader(ec2InstanceSchema);

/**
 * The part of the Threat Stack API (version 2) that is collected. Listings are read page by page as they are consumed, in
 * batches of records; records that cannot be read are counted in the report that is handed over. Requests are signed with
 * Hawk, and all of one client's share the organization's limit of 200 a minute.
 *
 * All methods throw what `HttpClient` throws, and IntegrationProviderAPIError for an answer of another shape than expected
 * or a listing that does not end.
 */
export class ThreatStackClient {
  readonly #http: HttpClient;
  #vulnerabilityRequests = 0;

  constructor(options: ThreatStackClientOptions) {
    const { apiBaseUrl, orgId, userId, apiKey, onClockSkew, onUnverifiedAnswer } = options;
    const { sharedLimit: shared, clock, random = Math.random } = options;
    this.#http = new HttpClient({
      baseUrl: apiBaseUrl,
      product: { name: '@vendor-graph/threatstack', version },
      auth: hawkAuth({ id: userId, key: apiKey, ext: orgId, clock, onClockSkew, onUnverifiedAnswer }),
      rateLimiter: new RateLimiter({ limit: REQUESTS_PER_WINDOW, windowMs: WINDOW_MS, shared, clock }),
      concurrency: new AdaptiveConcurrency({ initial: MAX_CONCURRENT_REQUESTS, max: MAX_CONCURRENT_REQUESTS, clock }),
      retry: RETRY,
      // One answer may take a minute; a whole call takes as long as the rate limit makes it wait.
      timeouts: { connectMs: 10_000, headersMs: 60_000, bodyMs: 60_000, totalMs: undefined },
      rateLimitFeedback: (answer) => rateLimitFeedback(answer, (clock ?? Date).now(), random),
      clock,
      random,
    });
  }

  /** How long requests have waited for the rate limit, in milliseconds. */
  get rateLimitWaitMs(): number {
    return this.#http.stats.rateLimitWaitMs;
  }

  /** How many answers were needed for vulnerabilities and the agents that have them. */
  get vulnerabilityRequests(): number {
    return this.#vulnerabilityRequests;
  }

  /** Reads the first page of agents and forgets it; throws when the credentials or the address are wrong. */
  async checkAccess(): Promise<void> {
    const answer = await this.#http.requestJson('/v2/agents', {
      query: { status: 'online' },
      // Someone waits for the answer: a host that is not there will not be there in a minute either.
      retry: { unreachableAttempts: 2 },
    });
    if (listIn(answer.body, 'agents') === undefined) throw unexpectedAnswer(answer, 'a list "agents"');
  }

  /** Whether user id and key are right, whatever the organization is: an endpoint that looks at nothing else. */
  async isKeyAccepted(): Promise<boolean> {
    const { status } = await this.#http.requestJson('/help/hawk/self-test', {
      // What it says does not matter, and whoever asks is about to report an error already.
      accept: [200, 401, 403, 404],
      retry: { attempts: 1 },
    });
    return status === 200;
  }

  agents(status: 'online' | 'offline', skipped: SkipReport): AsyncIterable<readonly AgentRecord[]> {
    return this.#list({ path: '/v2/agents', query: { status }, key: 'agents', reader: agents, skipped });
  }

  /** One agent, listed or not; undefined when there is none with this id. */
  async agent(id: string, signal?: AbortSignal): Promise<AgentRecord | undefined> {
    this.#vulnerabilityRequests += 1;
    const answer = await this.#http.requestJson(`/v2/agents/${encodeURIComponent(id)}`, { accept: [404], signal });
    if (answer.status === 404) return undefined;
    const agent = agents.read(answer.body);
    if (agent?.id !== id) throw unexpectedAnswer(answer, `the agent ${JSON.stringify(id)}`);
    return agent;
  }

  /**
   * All rows, one for each CVE and package (or CVE, package and host), suppressed ones included.
   *
   * @param isEnough is told of each page of rows in order; when it answers true, the pages after this one are not read
   */
  vulnerabilities(
    skipped: SkipReport,
    isEnough?: (rows: readonly VulnerabilityRecord[]) => boolean,
  ): AsyncIterable<readonly VulnerabilityRecord[]> {
    return this.#listVulnerabilities({}, skipped, { isEnough });
  }

  /** The rows of one agent; none when Threat Stack knows of no vulnerability of it. */
  vulnerabilitiesOfAgent(
    agentId: string,
    skipped: SkipReport,
    signal?: AbortSignal,
  ): AsyncIterable<readonly VulnerabilityRecord[]> {
    return this.#listVulnerabilities({ agentId }, skipped, { signal });
  }

  /** The hosts that have a CVE; none when it was fixed everywhere since it was listed. */
  vulnerableServers(
    cveNumber: string,
    skipped: SkipReport,
    signal?: AbortSignal,
  ): AsyncIterable<readonly VulnerableServerRecord[]> {
    return this.#list({
      path: `/v2/vulnerabilities/${encodeURIComponent(cveNumber)}/servers`,
      query: {},
      key: 'servers',
      reader: servers,
      skipped,
      signal,
      emptyWhenNotFound: true,
    });
  }

  alerts(filter: AlertFilter, skipped: SkipReport, signal?: AbortSignal): AsyncIterable<readonly AlertRecord[]> {
    return this.#list({ path: '/v2/alerts', query: { ...filter }, key: 'alerts', reader: alerts, skipped, signal });
  }

  /** The EC2 instances on which Threat Stack has no agent, in whatever state. */
  unmonitoredInstances(skipped: SkipReport): AsyncIterable<readonly Ec2InstanceRecord[]> {
    return this.#list({
      path: '/v2/aws/ec2',
      query: { monitored: false, verbose: true },
      key: 'servers',
      reader: instances,
      skipped,
    });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #listVulnerabilities(
    query: { agentId?: string },
    skipped: SkipReport,
    end: Pick<Listing<typeof vulnerabilitySchema>, 'isEnough' | 'signal'>,
  ): AsyncIterable<readonly VulnerabilityRecord[]> {
    // Rows that do not name their agents may be repeated, once for each host: equal pages are no sign of a loop then.
    let rows = 0;
    return this.#list({
      path: '/v2/vulnerabilities',
      query,
      key: 'cves',
      reader: vulnerabilities,
      skipped,
      ...end,
      emptyWhenNotFound: query.agentId !== undefined,
      itemKey: (row) => (row.agents === undefined ? String(rows++) : JSON.stringify(row)),
    });
  }

  /**
   * A listing from its first page to its last. Nobody knows how long a page token lives, so a token that is refused starts
   * the listing once more from its beginning; records then come twice, and all readers merge them by their ids.
   */
  async *#list<S extends TObject>(listing: Listing<S>): AsyncGenerator<readonly Static<S>[], void, undefined> {
    for (let restarts = 0; ; restarts += 1) {
      const progress = { tokenRefused: false };
      try {
        yield* this.#pages(listing, progress);
        return;
      } catch (error) {
        if (!progress.tokenRefused || restarts > 0) throw error;
      }
    }
  }

  async *#pages<S extends TObject>(
    listing: Listing<S>,
    progress: { tokenRefused: boolean },
  ): AsyncGenerator<readonly Static<S>[], void, undefined> {
    const fetchPage = async (token: string | undefined, signal: AbortSignal): Promise<TokenPage<Static<S>>> => {
      try {
        return await this.#page(listing, token, signal);
      } catch (error) {
        progress.tokenRefused = token !== undefined && isRefusal(error);
        throw error;
      }
    };
    let pages = 0;
    try {
      for await (const page of paginateByToken(fetchPage, { itemKey: listing.itemKey, signal: listing.signal })) {
        pages += 1;
        if (pages > MAX_PAGES) throw endless(listing.path, `more than ${MAX_PAGES} pages`);
        yield page;
      }
    } catch (error) {
      throw error instanceof PaginationError ? endless(listing.path, error.message) : error;
    }
  }

  async #page<S extends TObject>(
    { path, query, key, reader, skipped, isEnough, emptyWhenNotFound = false }: Listing<S>,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<TokenPage<Static<S>>> {
    const absentIsEmpty = emptyWhenNotFound && token === undefined;
    const answer = await this.#http.requestJson(path, {
      query: { ...query, token },
      accept: absentIsEmpty ? [404] : [],
      signal,
    });
    if (path.startsWith('/v2/vulnerabilities')) this.#vulnerabilityRequests += 1;
    if (answer.status === 404) return { items: [] };

    const list = listIn(answer.body, key);
    if (list === undefined) throw unexpectedAnswer(answer, `a list "${key}"`);
    const records = list.map((entry) => reader.read(entry));
    const readable = records.filter((record) => record !== undefined);
    skipped.skip('without an id', records.length - readable.length);
    return { items: readable, nextToken: isEnough?.(readable) === true ? undefined : nextTokenIn(answer.body) };
  }
}

/** True when the server does not take a request's parameters; with a page token that means the token. */
function isRefusal(error: unknown): boolean {
  return error instanceof HttpStatusError && (error.status === 400 || error.status === 404);
}

function listIn(body: unknown, key: string): readonly unknown[] | undefined {
  const list = fieldOf(body, key);
  return Array.isArray(list) ? list : undefined;
}

/** The end of a listing is a token that is null, empty or absent; some answers call it `paginationToken`. */
function nextTokenIn(body: unknown): string | undefined {
  return [fieldOf(body, 'token'), fieldOf(body, 'paginationToken')].find(
    (token): token is string => typeof token === 'string' && token !== '',
  );
}

function endless(path: string, problem: string): IntegrationProviderAPIError {
  const endpoint = `GET ${path}`;
  return new IntegrationProviderAPIError({
    endpoint,
    status: 200,
    statusText: 'the listing does not end',
    message: `threatstack: the listing ${endpoint} does not end: ${problem}`,
  });
}
