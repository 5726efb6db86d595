import { createRequire } from 'node:module';
import { IntegrationProviderAuthorizationError } from '@jupiterone/integration-sdk-core';
import {
  AdaptiveConcurrency,
  paginateUnstable,
  type Clock,
  type ItemKey,
  type UnstableReport,
} from '@vendor-graph/flow-control';
import {
  escherAuth,
  HttpClient,
  HttpStatusError,
  type JsonAnswer,
  type RequestOptions,
  type RetryPolicy,
} from '@vendor-graph/http';
import { recordReader, unexpectedAnswer } from '@vendor-graph/integration';
import { readCluster } from './cluster-reader.js';
import { UNREADABLE, type ListReport } from './list-report.js';
import {
  currentUserSchema,
  imageSchema,
  riskSchema,
  usageStatusSchema,
  userSchema,
  vulnerabilitySchema,
  workloadSchema,
  type Cluster,
  type CurrentUser,
  type Image,
  type Risk,
  type UsageStatus,
  type User,
  type Vulnerability,
  type Workload,
} from './records.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const CREDENTIAL_SCOPE = 'global/services/portshift_request';

/** The largest page that the API document allows; what the service does with more is not known. */
export const PAGE_SIZE = 200;

/** No limit is published: the level is found between these two, from 4 on. */
const CONCURRENCY = { min: 1, initial: 4, max: 32 } as const;
/** The most that is ever under way, so nobody needs to prepare more work than this. */
export const MAX_CONCURRENT_REQUESTS = CONCURRENCY.max;

const RETRY: Partial<RetryPolicy> = { attempts: 5, baseDelayMs: 1_000, maxDelayMs: 60_000 };

/** What is asked for as an extra is not worth a long wait. */
const EXTRA: RequestOptions = {
  retry: { attempts: 2 },
  // One attempt that stalls leaves time for the other.
  timeouts: { headersMs: 10_000, bodyMs: 10_000, totalMs: 30_000 },
};

/** The account of the keys was switched off. */
const PAYMENT_REQUIRED = 402;

export interface PanopticaClientOptions {
  /** With the path of the API, without a slash at its end. */
  apiBaseUrl: string;
  accessKey: string;
  secretKey: string;
  clock?: Clock;
  /** From 0 to 1; what jitter is drawn from. */
  random?: () => number;
}

/** A whole list that several steps need: read once, then remembered. */
export interface Collected<Item> {
  records: readonly Item[];
  /** Rows that could not be read. */
  unreadable: number;
  /** Set when some rows were probably never shown. */
  incomplete?: UnstableReport;
}

/** Where a paged list is, and how its rows are read. */
interface Listing<Item> {
  path: string;
  query?: Readonly<Record<string, string>>;
  /** The direction of the list as it is read at first. */
  direction: 'ASC' | 'DESC';
  read: (row: unknown) => Item | undefined;
  /** What makes a row unique in the list. */
  keyOf: (record: Item) => ItemKey;
  onUnreadable: (rows: number) => void;
  onIncomplete: (report: UnstableReport) => void;
  /** Pages fetched ahead. */
  prefetch?: number;
  signal?: AbortSignal;
}

/** A row as it came, readable or not. */
interface Row<Item> {
  key: ItemKey;
  record: Item | undefined;
}

/** In each third pass over a list that still lacks rows, it is read from its other end. */
const PASSES_PER_TURN = 3;

const users = recordReader(userSchema);
const currentUsers = recordReader(currentUserSchema);
const usages = recordReader(usageStatusSchema);
const images = recordReader(imageSchema);
const vulnerabilities = recordReader(vulnerabilitySchema);
const risks = recordReader(riskSchema);
const workloads = recordReader(workloadSchema);

/**
 * The part of the Panoptica API (SecureCN generation) that is collected. Requests are signed with Escher; all of one
 * client's share their connections and a concurrency that finds its level. Paged lists come in an order that changes from
 * request to request, so each is read until no row is known to be missing; they are read as they are consumed.
 *
 * All methods throw what `HttpClient` throws, IntegrationProviderAuthorizationError for an account that is switched off,
 * and IntegrationProviderAPIError for an answer of another shape than expected.
 */
export class PanopticaClient {
  readonly #http: HttpClient;
  #users: Promise<Collected<User>> | undefined;
  #clusters: Promise<Collected<Cluster>> | undefined;

  constructor({ apiBaseUrl, accessKey, secretKey, clock, random }: PanopticaClientOptions) {
    this.#http = new HttpClient({
      baseUrl: apiBaseUrl,
      product: { name: '@vendor-graph/panoptica', version },
      auth: escherAuth({ accessKeyId: accessKey, secretKey, credentialScope: CREDENTIAL_SCOPE }),
      concurrency: new AdaptiveConcurrency({ ...CONCURRENCY, clock }),
      retry: RETRY,
      redact: withoutSignatures,
      clock,
      random,
    });
  }

  /** All users; asked for once. The list is not paged. */
  users(): Promise<Collected<User>> {
    this.#users ??= this.#collectUsers().catch((error: unknown) => {
      this.#users = undefined;
      throw error;
    });
    return this.#users;
  }

  /** All clusters; asked for once. */
  clusters(): Promise<Collected<Cluster>> {
    this.#clusters ??= this.#collectClusters().catch((error: unknown) => {
      this.#clusters = undefined;
      throw error;
    });
    return this.#clusters;
  }

  /** The calling user with facts about the account. Not every service answers this. */
  async currentUser(): Promise<CurrentUser> {
    const answer = await this.#send('/me', EXTRA);
    const user = currentUsers.read(answer.body);
    if (user === undefined) throw unexpectedAnswer(answer, 'an object');
    return user;
  }

  /** What the account uses and may use. */
  async usageStatus(): Promise<UsageStatus> {
    const answer = await this.#send('/account/usageStatus', { ...EXTRA, method: 'POST' });
    const usage = usages.read(answer.body);
    if (usage === undefined) throw unexpectedAnswer(answer, 'an object');
    return usage;
  }

  /** A risk summary for each cluster. The list is not paged. */
  async risks(report: ListReport): Promise<readonly Risk[]> {
    const rows = (await this.#rows('/riskAssessment')).map((row) => risks.read(row));
    const records = rows.filter((record) => record !== undefined);
    report.skipped.skip(UNREADABLE, rows.length - records.length);
    return records;
  }

  /** Oldest first, so that an image that is added meanwhile shifts no other one. */
  images(report: ListReport): AsyncGenerator<readonly Image[], void, undefined> {
    return this.#list({
      path: '/images',
      query: { sortKey: 'TIME' },
      direction: 'ASC',
      read: (row) => images.read(row),
      keyOf: ({ id }) => id,
      ...reportingTo(report),
    });
  }

  /**
   * Reads the findings of one image, a row per vulnerability and layer. Rows are handed over as they come and not kept,
   * and some more than once: where rows may be missing, the list is read again.
   *
   * @param onRow takes a row and answers a number for it: the same one for a row that was there before, another one for any
   * other
   * @throws HttpStatusError with status 404 when the image is gone
   */
  async readVulnerabilities(
    imageId: string,
    onRow: (row: Vulnerability) => number,
    report: ListReport,
    signal?: AbortSignal,
  ): Promise<void> {
    const keys = this.#list({
      path: `/images/${encodeURIComponent(imageId)}/vulnerabilities`,
      direction: 'DESC',
      // A page that is kept until the next one is there would outlive the young generation of the heap.
      read: (value) => {
        const row = vulnerabilities.read(value);
        return row === undefined ? undefined : onRow(row);
      },
      keyOf: (key) => key,
      // Many images are read at once: pages ahead would cost memory and gain nothing.
      prefetch: 0,
      signal,
      ...reportingTo(report),
    });
    while ((await keys.next()).done !== true);
  }

  /**
   * Workloads that ran between two times.
   *
   * @param from ms since the epoch
   * @param until ms since the epoch
   */
  workloads(
    { from, until }: { from: number; until: number },
    report: ListReport,
  ): AsyncGenerator<readonly Workload[], void, undefined> {
    return this.#list({
      path: '/appTelemetries',
      query: {
        sortKey: 'appName',
        startTime: new Date(from).toISOString(),
        endTime: new Date(until).toISOString(),
      },
      direction: 'ASC',
      read: (row) => workloads.read(row),
      keyOf: ({ id }) => id,
      ...reportingTo(report),
    });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #collectUsers(): Promise<Collected<User>> {
    const rows = (await this.#rows('/users')).map((row) => users.read(row));
    const records = rows.filter((record) => record !== undefined);
    return { records, unreadable: rows.length - records.length };
  }

  async #collectClusters(): Promise<Collected<Cluster>> {
    const collected: Collected<Cluster> & { records: Cluster[] } = { records: [], unreadable: 0 };
    const pages = this.#list({
      path: '/kubernetesClusters',
      direction: 'ASC',
      read: readCluster,
      keyOf: ({ cluster }) => cluster.id,
      onUnreadable: (rows) => (collected.unreadable += rows),
      onIncomplete: (report) => (collected.incomplete = report),
    });
    for await (const page of pages) collected.records.push(...page);
    return collected;
  }

  async *#list<Item>(listing: Listing<Item>): AsyncGenerator<readonly Item[], void, undefined> {
    const { read, keyOf, onUnreadable, onIncomplete, prefetch, signal } = listing;
    const pages = paginateUnstable<Row<Item>>(
      async (request, pageSignal) => {
        const rows = await this.#rows(listing.path, { query: pageQuery(listing, request), signal: pageSignal });
        const items = rows.map((row) => {
          const record = read(row);
          return { key: record === undefined ? JSON.stringify(row) : keyOf(record), record };
        });
        return { items };
      },
      {
        limit: PAGE_SIZE,
        itemKey: ({ key }) => key,
        end: 'short-page',
        onReport: (report) => {
          if (!report.complete) onIncomplete(report);
        },
        prefetch,
        signal,
      },
    );
    for await (const page of pages) {
      const records = page.map(({ record }) => record).filter((record) => record !== undefined);
      if (records.length < page.length) onUnreadable(page.length - records.length);
      yield records;
    }
  }

  async #rows(path: string, options?: RequestOptions): Promise<readonly unknown[]> {
    const answer = await this.#send(path, options);
    if (!Array.isArray(answer.body)) throw unexpectedAnswer(answer, 'a list');
    return answer.body as unknown[];
  }

  async #send(path: string, options?: RequestOptions): Promise<JsonAnswer> {
    try {
      return await this.#http.requestJson(path, options);
    } catch (error) {
      if (error instanceof HttpStatusError && error.status === PAYMENT_REQUIRED) throw accountDisabled(error);
      throw error;
    }
  }
}

/** The parameters in the order in which the API document has them; the service sorts them before it checks signatures. */
function pageQuery<Item>(
  { query = {}, direction }: Listing<Item>,
  { offset, limit, pass }: { offset: number; limit: number; pass: number },
): RequestOptions['query'] {
  const otherWay = direction === 'ASC' ? 'DESC' : 'ASC';
  const sortDir = pass % PASSES_PER_TURN === 0 ? otherWay : direction;
  const { sortKey, ...others } = query;
  return { sortKey, sortDir, ...others, offset, maxResults: limit };
}

function reportingTo(report: ListReport): Pick<Listing<never>, 'onUnreadable' | 'onIncomplete'> {
  return {
    onUnreadable: (rows) => {
      report.skipped.skip(UNREADABLE, rows);
    },
    onIncomplete: (incomplete) => {
      report.incomplete(incomplete);
    },
  };
}

/** A refusal tells the signature that would have been accepted. */
function withoutSignatures(text: string): string {
  return text.replaceAll(/\s*\(provided:[^)]*\)?/g, '');
}

function accountDisabled({ endpoint, status, statusText, message }: HttpStatusError): Error {
  const error = new IntegrationProviderAuthorizationError({ endpoint, status, statusText: statusText ?? '' });
  error.message = `${message}. The Panoptica account is switched off: ask its administrator or Cisco.`;
  return error;
}
