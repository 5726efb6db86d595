import { client as hawk } from 'hawk';
import { Agent, request } from 'undici';
import type { Simulator } from '../kit/simulator.js';

export interface SignedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON. */
  json(): Record<string, unknown>;
}

export interface Signing {
  readonly userId?: string;
  readonly key?: string;
  readonly orgId?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Signs this path instead of the one that is asked for. */
  readonly signedPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A plain client: `undici`, with each request signed by the `hawk` package. */
export class SignedClient {
  readonly #agent = new Agent();
  readonly #simulator: Pick<Simulator, 'baseUrl' | 'credentials'>;
  readonly #clock: { now(): number };
  #nonces = 0;

  constructor(simulator: Pick<Simulator, 'baseUrl' | 'credentials'>, clock: { now(): number }) {
    this.#simulator = simulator;
    this.#clock = clock;
  }

  /** Signs as the default user of the default organization unless told otherwise. */
  header(path: string, signing: Signing = {}): ReturnType<typeof hawk.header> {
    const { orgId = '', userId = '', apiKey = '' } = this.#simulator.credentials['default'] ?? {};
    this.#nonces += 1;
    // The package takes a parsed URL too, and then leaves its spelling alone; its type knows texts only.
    const url = new URL(`${this.#simulator.baseUrl}${signing.signedPath ?? path}`) as unknown as string;
    return hawk.header(url, signing.method ?? 'GET', {
      credentials: { id: signing.userId ?? userId, key: signing.key ?? apiKey, algorithm: 'sha256' },
      ext: signing.orgId ?? orgId,
      timestamp: signing.timestamp ?? Math.floor(this.#clock.now() / 1_000),
      nonce: signing.nonce ?? `nonce-${this.#nonces}`,
    });
  }

  async get(path: string, signing: Signing = {}): Promise<SignedAnswer> {
    return this.send(path, { authorization: this.header(path, signing).header, ...signing.headers }, signing.method);
  }

  async send(
    path: string,
    headers: Readonly<Record<string, string>>,
    method: Signing['method'] = 'GET',
  ): Promise<SignedAnswer> {
    const answer = await request(new URL(`${this.#simulator.baseUrl}${path}`), {
      dispatcher: this.#agent,
      method,
      headers: { accept: 'application/json', ...headers },
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      json: () => JSON.parse(text) as Record<string, unknown>,
    };
  }

  /** Follows the tokens of a listing to its end. */
  async pages(path: string, signing: Signing = {}): Promise<Record<string, unknown>[]> {
    const pages: Record<string, unknown>[] = [];
    let token: string | undefined;
    do {
      const suffix = token === undefined ? '' : `${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
      const answer = await this.get(`${path}${suffix}`, signing);
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.text}`);
      const page = answer.json();
      pages.push(page);
      const next = page['token'] ?? page['paginationToken'];
      token = typeof next === 'string' && next !== '' ? next : undefined;
    } while (token !== undefined);
    return pages;
  }

  /** All records of a listing. */
  async all<Item>(path: string, key: string, signing: Signing = {}): Promise<Item[]> {
    const pages = await this.pages(path, signing);
    return pages.flatMap((page) => page[key] as Item[]);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
