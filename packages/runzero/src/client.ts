import { createRequire } from 'node:module';
import { IntegrationProviderAPIError } from '@jupiterone/integration-sdk-core';
import { RateLimiter, systemClock, type Clock } from '@vendor-graph/flow-control';
import {
  bearerAuth,
  HttpClient,
  HttpStatusError,
  redactSecrets,
  type JsonAnswer,
  type JsonLine,
  type Query,
  type RequestOptions,
  type Timeouts,
} from '@vendor-graph/http';
import {
  recordReader,
  unexpectedAnswer,
  type RecordReader,
  type Static,
  type TObject,
} from '@vendor-graph/integration';
import { fieldsOf, hasMarks, type ExportResource } from './export/export-resources.js';
import { firstListedToken, tokenOfOrganization } from './export/export-token.js';
import { isLow, isUsedUp, quotaOf, type Quota } from './quota.js';
import {
  organizationSchema,
  siteSchema,
  userSchema,
  type OrganizationRecord,
  type SiteRecord,
  type UserRecord,
} from './records.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/**
 * What runZero's help says one address may send, 2,000 requests in five minutes, as so many in three seconds: what is
 * learned from a 429 then concerns seconds, and not the next five minutes.
 */
const RATE_LIMIT = { limit: 20, windowMs: 3_000 };
const TIMEOUTS: Partial<Timeouts> = { connectMs: 30_000, headersMs: 300_000, bodyMs: 120_000 };
/** The lists of the account come in one piece; they are not streamed, so that they have a limit in all. */
const LIST_TIMEOUTS: Partial<Timeouts> = { headersMs: 180_000, totalMs: 900_000 };
const RETRY = { attempts: 5, baseDelayMs: 1_000, maxDelayMs: 60_000, retryAfterCapMs: 300_000 };
/** Keys and tokens of every kind, wherever the console repeats them. */
const CREDENTIALS = /\b(?:ET|OT|CT|DT|XT)[0-9A-Fa-f]{8,}\b/g;

/**
 * So many lines are handed on at once, or fewer when they are long. In a program on the SDK's own store, entities of a
 * batch are serialized together to measure them; the text of so many stays below the 128 KiB from which on V8 treats it
 * as a large object, cleaned late.
 */
const BATCH_LINES = 40;
const BATCH_BYTES = 1024 * 1024;

export interface RunZeroClientOptions {
  /** Without a trailing slash. */
  apiBaseUrl: string;
  accountAPIKey?: string | undefined;
  exportToken?: string | undefined;
  exportWithAccountKey?: boolean;
  /** Called once, when little of the account's daily quota is left. */
  onLowQuota?: (quota: Quota) => void;
  clock?: Clock | undefined;
  /** From 0 to 1; what jitter is drawn from. */
  random?: (() => number) | undefined;
  timeouts?: Partial<Timeouts> | undefined;
}

/** A list of the account. */
export interface RecordList<Record> {
  readonly records: readonly Record[];
  /** How many others were there, without what their key needs. */
  readonly malformed: number;
}

/** The inventory of one organization, and the right to read it. */
export interface Inventory {
  /** Undefined with an export token, which does not tell whose it is. */
  readonly organization: OrganizationRecord | undefined;
  /** How many records of an export the console counts, when it says so. */
  readonly counted: (name: ExportResource<TObject>['name']) => number | undefined;
  /**
   * Reads an export from its beginning, a batch of lines at a time; the server is held back while a batch is in work.
   * What was read before the export broke off is handed out before the error.
   *
   * @throws what {@link HttpClient.streamJsonLines} throws
   */
  batches(resource: ExportResource<TObject>): AsyncGenerator<readonly JsonLine[], void, undefined>;
}

/** What opens an organization's inventory; "none" when nobody has made a token for it. */
type ExportAccess = { readonly kind: 'token' | 'account-key'; readonly http: HttpClient } | { readonly kind: 'none' };

/** An export whose first line has come. */
interface OpenLines {
  readonly first: JsonLine | undefined;
  readonly rest: AsyncGenerator<JsonLine, void, undefined>;
}

const organizationReader = recordReader(organizationSchema);
const siteReader = recordReader(siteSchema);
const userReader = recordReader(userSchema);

/**
 * The part of the runZero console's API (version 1.0) that is collected. The lists of the account are asked for once and
 * remembered, since each call costs a part of the account's daily quota. Tokens that the console tells stay in here.
 *
 * All methods throw what `HttpClient` throws, and IntegrationProviderAPIError for an answer of another shape than
 * expected and for a quota that is used up.
 */
export class RunZeroClient {
  readonly #options: RunZeroClientOptions;
  readonly #credential: string;
  readonly #clock: Clock;
  readonly #rateLimiter: RateLimiter;
  /** By credential. */
  readonly #https = new Map<string, HttpClient>();
  readonly #tokens = new Map<string, string>();
  readonly #accesses = new Map<string, Promise<ExportAccess>>();
  readonly #withoutFields = new Set<string>();
  #organizations: Promise<RecordList<OrganizationRecord>> | undefined;
  #sites: Promise<RecordList<SiteRecord>> | undefined;
  #users: Promise<RecordList<UserRecord>> | undefined;
  #lowQuotaTold = false;
  /** Of the account, as it was told last. */
  #quota: Quota | undefined;

  /** @throws TypeError without any credential */
  constructor(options: RunZeroClientOptions) {
    const credential = options.accountAPIKey ?? options.exportToken;
    if (credential === undefined) throw new TypeError('RunZeroClient needs accountAPIKey or exportToken.');
    this.#options = options;
    this.#credential = credential;
    this.#clock = options.clock ?? systemClock;
    this.#rateLimiter = new RateLimiter({ ...RATE_LIMIT, clock: this.#clock });
  }

  /** The time by which exports are repeated. */
  get clock(): Clock {
    return this.#clock;
  }

  /** `account-key` or `export-token`: what the configuration opens. */
  get mode(): 'account-key' | 'export-token' {
    return this.#options.accountAPIKey === undefined ? 'export-token' : 'account-key';
  }

  /** All organizations of the account; needs the account key. */
  organizations(): Promise<RecordList<OrganizationRecord>> {
    this.#organizations ??= this.#list('/account/orgs', organizationReader, (organization, raw) => {
      const token = tokenOfOrganization(raw);
      if (token !== undefined) this.#tokens.set(organization.id, token);
    });
    return this.#organizations;
  }

  /** All users of the console; needs the account key. */
  users(): Promise<RecordList<UserRecord>> {
    this.#users ??= this.#list('/account/users', userReader);
    return this.#users;
  }

  /** All sites of the account, or of the organization of the export token. */
  sites(): Promise<RecordList<SiteRecord>> {
    this.#sites ??= this.#list(this.mode === 'account-key' ? '/account/sites' : '/export/org/sites.json', siteReader);
    return this.#sites;
  }

  /**
   * Whether a token opens the organization's inventory; undefined when that cannot be told now. An organization without
   * assets is not asked about: there is nothing to open, and the question costs a quota call.
   */
  async hasExportToken(organization: OrganizationRecord): Promise<boolean | undefined> {
    if (organization.asset_count === 0) return this.#tokens.has(organization.id);
    try {
      return (await this.#access(organization)).kind === 'token';
    } catch {
      // Whoever reads the inventory will meet the same error, and fail with it.
      return undefined;
    }
  }

  /** The inventory of an organization; undefined when nothing opens it. */
  async inventoryOf(organization: OrganizationRecord): Promise<Inventory | undefined> {
    const access = await this.#access(organization);
    if (access.kind === 'none') return undefined;
    const query: Query = access.kind === 'account-key' ? { _oid: organization.id } : {};
    return {
      organization,
      counted: (name) => countIn(organization, name),
      batches: (resource) => this.#batches(access.http, resource, query),
    };
  }

  /** The inventory that the export token opens. */
  async ownInventory(): Promise<Inventory> {
    const { records } = await this.sites();
    return {
      organization: undefined,
      counted: (name) => {
        const counts = records.map((site) => countIn(site, name)).filter((count) => count !== undefined);
        return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
      },
      batches: (resource) => this.#batches(this.#http(this.#credential), resource, {}),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#https.values()].map((http) => http.close()));
  }

  #access(organization: OrganizationRecord): Promise<ExportAccess> {
    const known = this.#accesses.get(organization.id);
    if (known !== undefined) return known;
    const found = this.#findAccess(organization);
    this.#accesses.set(organization.id, found);
    // It is told to whoever asks; that nobody may ask is no unhandled rejection.
    found.catch(() => undefined);
    return found;
  }

  async #findAccess({ id }: OrganizationRecord): Promise<ExportAccess> {
    const token = this.#tokens.get(id) ?? firstListedToken(await this.#listedTokens(id));
    if (token !== undefined) return { kind: 'token', http: this.#http(token) };
    if (this.#options.exportWithAccountKey === true) {
      return { kind: 'account-key', http: this.#http(this.#credential) };
    }
    return { kind: 'none' };
  }

  /** Older consoles have no such list, and some keys may not read it: both mean that there is none. */
  async #listedTokens(organizationId: string): Promise<unknown> {
    const path = `/account/orgs/${encodeURIComponent(organizationId)}/exportTokens`;
    const ask = (): Promise<JsonAnswer> => this.#request(path, { accept: [400, 403, 404] });
    let answer = await ask();
    if (answer.status !== 200) return undefined;
    // Something in between may have spoken; what is taken for "no token" here costs the organization its assets.
    if (!Array.isArray(answer.body)) answer = await ask();
    if (answer.status !== 200 || answer.body === null) return undefined;
    if (!Array.isArray(answer.body)) throw unexpectedAnswer(answer, 'a list');
    return answer.body;
  }

  async #list<S extends TObject>(
    path: string,
    reader: RecordReader<S>,
    onRecord: (record: Static<S>, raw: unknown) => void = () => undefined,
  ): Promise<RecordList<Static<S>>> {
    let answer = await this.#request(path);
    // An answer of another shape may be the word of something in between; it is asked for once more.
    if (!Array.isArray(answer.body)) answer = await this.#request(path);
    if (!Array.isArray(answer.body)) throw unexpectedAnswer(answer, 'a list');
    const records: Static<S>[] = [];
    for (const raw of answer.body as unknown[]) {
      const record = reader.read(raw);
      if (record === undefined) continue;
      records.push(record);
      onRecord(record, raw);
    }
    return { records, malformed: answer.body.length - records.length };
  }

  async #request(path: string, options: RequestOptions = {}): Promise<JsonAnswer> {
    try {
      const answer = await this.#http(this.#credential).requestJson(path, { timeouts: LIST_TIMEOUTS, ...options });
      this.#noteQuota(answer.headers);
      return answer;
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async *#batches(
    http: HttpClient,
    resource: ExportResource<TObject>,
    query: Query,
  ): AsyncGenerator<readonly JsonLine[], void, undefined> {
    let batch: JsonLine[] = [];
    let failure: { readonly error: unknown } | undefined;
    let lines: OpenLines | undefined;
    try {
      lines = await this.#openLines(http, resource, query);
      for (let line = lines.first; line !== undefined; line = await nextLine(lines.rest)) {
        batch.push(line);
        const [begin] = batch;
        const isLong = begin !== undefined && line.byteOffset - begin.byteOffset >= BATCH_BYTES;
        if (batch.length < BATCH_LINES && !isLong) continue;
        yield batch;
        batch = [];
      }
    } catch (error) {
      failure = { error };
    } finally {
      // Also when nobody wants the rest.
      await lines?.rest.return();
    }
    if (batch.length > 0) yield batch;
    if (failure !== undefined) throw this.#explained(failure.error);
  }

  /** Asks for the fields that are needed; where the console does not understand that, for everything. */
  async #openLines(http: HttpClient, resource: ExportResource<TObject>, query: Query): Promise<OpenLines> {
    const path = `/export/org/${resource.name}.jsonl`;
    if (!this.#withoutFields.has(resource.name)) {
      try {
        const rest = http.streamJsonLines(path, { query: { ...query, fields: fieldsOf(resource) } });
        const first = await nextLine(rest);
        if (first === undefined || hasMarks(resource, first.value)) return { first, rest };
        await rest.return();
      } catch (error) {
        if (!(error instanceof HttpStatusError) || ![400, 422].includes(error.status)) throw error;
      }
      this.#withoutFields.add(resource.name);
    }
    const rest = http.streamJsonLines(path, { query });
    return { first: await nextLine(rest), rest };
  }

  #http(credential: string): HttpClient {
    const known = this.#https.get(credential);
    if (known !== undefined) return known;
    const http = new HttpClient({
      baseUrl: this.#options.apiBaseUrl,
      product: { name: '@vendor-graph/runzero', version },
      auth: bearerAuth({ token: credential }),
      rateLimiter: this.#rateLimiter,
      retry: RETRY,
      timeouts: { ...TIMEOUTS, ...this.#options.timeouts },
      mayRetry: (answer) => {
        this.#quota = quotaOf(answer.headers) ?? this.#quota;
        return !isUsedUp(answer);
      },
      // Each client knows its own credential; what the console says to one may be about another.
      redact: (text) =>
        redactSecrets(text, [...this.#https.keys(), ...this.#tokens.values()]).replace(CREDENTIALS, '[redacted]'),
      clock: this.#clock,
      ...(this.#options.random === undefined ? {} : { random: this.#options.random }),
    });
    this.#https.set(credential, http);
    return http;
  }

  #noteQuota(headers: Readonly<Record<string, string>>): void {
    const quota = quotaOf(headers);
    if (quota === undefined) return;
    this.#quota = quota;
    if (!isLow(quota) || this.#lowQuotaTold) return;
    this.#lowQuotaTold = true;
    this.#options.onLowQuota?.(quota);
  }

  /** A 429 that was not waited for is the end of the day's quota, which the console does not say in so many words. */
  #explained(error: unknown): unknown {
    if (!(error instanceof HttpStatusError) || error.status !== 429 || error.retriesExhausted) return error;
    const limit = this.#quota === undefined ? '' : ` of ${this.#quota.limit} calls`;
    return new IntegrationProviderAPIError({
      endpoint: error.endpoint,
      status: error.status,
      statusText: error.statusText ?? 'Too Many Requests',
      message: `${error.endpoint} was refused: the account's daily API quota${limit} is used up. It is shared by all keys of the account; collect again tomorrow, or less often.`,
    });
  }
}

/** Which counter of an organization or a site tells how many records an export has; of wireless networks none does. */
const COUNTERS = {
  assets: 'asset_count',
  services: 'service_count',
  software: 'software_count',
  vulnerabilities: 'vulnerability_count',
  wireless: undefined,
} as const;

function countIn(record: OrganizationRecord | SiteRecord, name: keyof typeof COUNTERS): number | undefined {
  const counter = COUNTERS[name];
  return counter === undefined ? undefined : record[counter];
}

async function nextLine(lines: AsyncGenerator<JsonLine, void, undefined>): Promise<JsonLine | undefined> {
  const { done, value } = await lines.next();
  return done === true ? undefined : value;
}
