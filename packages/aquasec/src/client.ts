import { createRequire } from 'node:module';
import {
  AdaptiveConcurrency,
  paginateByOffset,
  RateLimiter,
  type Clock,
  type OffsetPage,
  type SharedLimit,
} from '@vendor-graph/flow-control';
import { fieldOf, HttpClient, HttpStatusError, signedKeyAuth, type JsonAnswer } from '@vendor-graph/http';
import {
  recordReader,
  unexpectedAnswer,
  type RecordReader,
  type SkipReport,
  type Static,
  type TObject,
} from '@vendor-graph/integration';
import { isSuccess, vendorMessage, type Envelope } from './envelope.js';
import {
  accountSchema,
  apiKeySchema,
  cloudAccountSchema,
  groupSchema,
  userSchema,
  type AccountRecord,
  type ApiKeyRecord,
  type CloudAccountRecord,
  type GroupRecord,
  type UserRecord,
} from './records.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** What is asked for; the server may give less, and its own limit is not documented. */
const PAGE_SIZE = 100;
/** The rate that Aqua's own Terraform provider keeps to; no limit is published. */
const REQUESTS_PER_SECOND = 10;
const MAX_CONCURRENT_REQUESTS = 4;

export interface AquasecClientOptions {
  /** Without a slash at its end. */
  apiBaseUrl: string;
  apiKey: string;
  apiSecret: string;
  accountId: string;
  /** The account's rate, when other processes keep it, too. */
  sharedLimit?: SharedLimit | undefined;
  clock?: Clock;
  /** From 0 to 1; what jitter is drawn from. */
  random?: () => number;
}

/** Where a list is, and how its records are read. */
interface Listing<S extends TObject> {
  path: string;
  query?: Readonly<Record<string, string>>;
  reader: RecordReader<S>;
  /** Counts records without what their key needs. */
  skipped: SkipReport;
}

/** A row of a list with what tells it from others, so that a list in motion yields none twice. */
interface Row {
  key: string;
  value: unknown;
}

const accounts = recordReader(accountSchema);
const groups = recordReader(groupSchema);
const users = recordReader(userSchema);
const apiKeys = recordReader(apiKeySchema);
const cloudAccounts = recordReader(cloudAccountSchema);

/**
 * The part of the Aqua CSPM API (version 2) that is collected. Lists are read page by page as they are consumed. All
 * requests of one client share ten requests a second.
 *
 * All methods throw what `HttpClient` throws, PaginationError for a list that does not advance, and
 * IntegrationProviderAPIError for an answer of another shape than expected.
 */
export class AquasecClient {
  readonly #http: HttpClient;
  readonly #accountId: string;
  #account: Promise<AccountRecord> | undefined;

  constructor({ apiBaseUrl, apiKey, apiSecret, accountId, sharedLimit, clock, random }: AquasecClientOptions) {
    this.#accountId = accountId;
    this.#http = new HttpClient({
      baseUrl: apiBaseUrl,
      product: { name: '@vendor-graph/aquasec', version },
      auth: signedKeyAuth({ apiKey, apiSecret, clock }),
      rateLimiter: new RateLimiter({ limit: REQUESTS_PER_SECOND, windowMs: 1_000, shared: sharedLimit, clock }),
      concurrency: new AdaptiveConcurrency({ initial: MAX_CONCURRENT_REQUESTS, max: MAX_CONCURRENT_REQUESTS, clock }),
      retry: { attempts: 5, baseDelayMs: 1_000, maxDelayMs: 30_000, retryAfterCapMs: 60_000 },
      // The gateway in front of the API gives up after 29 seconds and says so.
      timeouts: { connectMs: 10_000, headersMs: 35_000, bodyMs: 60_000 },
      vendorMessage,
      clock,
      random,
    });
  }

  /** The account of the configuration; asked for once, then remembered. */
  account(): Promise<AccountRecord> {
    this.#account ??= this.#readAccount();
    return this.#account;
  }

  groups(skipped: SkipReport): AsyncGenerator<readonly GroupRecord[], void, undefined> {
    return this.#list({ path: '/v2/groups', reader: groups, skipped });
  }

  /** Users with their groups, which nothing else tells: a group has no list of members. */
  users(skipped: SkipReport): AsyncGenerator<readonly UserRecord[], void, undefined> {
    return this.#list({ path: '/v2/users', query: { expand: 'group' }, reader: users, skipped });
  }

  apiKeys(skipped: SkipReport): AsyncGenerator<readonly ApiKeyRecord[], void, undefined> {
    return this.#list({ path: '/v2/apikeys', reader: apiKeys, skipped });
  }

  /** Connected cloud accounts, which this API calls keys. */
  cloudAccounts(skipped: SkipReport): AsyncGenerator<readonly CloudAccountRecord[], void, undefined> {
    return this.#list({ path: '/v2/keys', reader: cloudAccounts, skipped });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #readAccount(): Promise<AccountRecord> {
    const answer = await this.#http.requestJson(`/v2/accounts/${this.#accountId}`);
    const account = accounts.read(envelopeOf(answer).data);
    if (account === undefined) throw unexpectedAnswer(answer, 'an account with an id');
    return account;
  }

  async *#list<S extends TObject>(listing: Listing<S>): AsyncGenerator<readonly Static<S>[], void, undefined> {
    const pages = paginateByOffset<Row>(({ offset, limit }, signal) => this.#page(listing, offset, limit, signal), {
      limit: PAGE_SIZE,
      itemKey: (row) => row.key,
      // A server that caps pages below what was asked for looks as if the list had ended; only an empty page is the end.
      end: 'empty-page',
    });
    for await (const rows of pages) {
      const records: Static<S>[] = [];
      for (const { value } of rows) {
        const record = listing.reader.read(value);
        if (record === undefined) listing.skipped.skip('without an id');
        else records.push(record);
      }
      yield records;
    }
  }

  async #page<S extends TObject>(
    { path, query }: Listing<S>,
    offset: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<OffsetPage<Row>> {
    try {
      const answer = await this.#http.requestJson(path, {
        // Aqua's samples leave the offset out of the first request rather than send a zero.
        query: { ...query, limit, offset: offset > 0 ? offset : undefined },
        signal,
        // Some servers say so when an offset is beyond the end.
        accept: offset > 0 ? [404] : [],
      });
      return answer.status === 404 ? { items: [], nextOffset: null } : pageOf(answer);
    } catch (error) {
      if (offset > 0 || !(error instanceof HttpStatusError) || error.status !== 400) throw error;
      // A server without paging refuses the parameter; what it answers without is the whole list.
      return { ...pageOf(await this.#http.requestJson(path, { query, signal })), nextOffset: null };
    }
  }
}

function pageOf(answer: JsonAnswer): OffsetPage<Row> {
  const { data, meta, total_count: total } = envelopeOf(answer);
  if (!Array.isArray(data)) throw unexpectedAnswer(answer, 'a list "data"');
  const items = data.map((value: unknown): Row => ({ key: rowKey(value), value }));
  const page: OffsetPage<Row> = typeof total === 'number' ? { items, total } : { items };
  const nextOffset = fieldOf(meta, 'next_offset');
  return nextOffset === null || typeof nextOffset === 'number' ? { ...page, nextOffset } : page;
}

function rowKey(value: unknown): string {
  const id = fieldOf(value, 'id');
  return typeof id === 'number' ? String(id) : JSON.stringify(value);
}

function envelopeOf(answer: JsonAnswer): Envelope {
  if (!isSuccess(answer.body))
    throw unexpectedAnswer(answer, 'an envelope of success with "data"', vendorMessage(answer.body));
  return answer.body;
}
