import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { PREFIX } from '../queue/fleet-queue.js';

/** Of the lease, this part is not used: for clocks that do not run alike, and for ending a process. */
const MARGIN = 0.2;
/** Renewals in the life of a lease. */
const RENEWALS = 4;

const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * The right to collect and upload one account, which one worker has at a time. It ends when it is not renewed; the worker
 * that held it has stopped by then, because it counts from the moment before the last renewal was sent, and to less than
 * Redis does.
 */
export class AccountLease {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #token: string;
  readonly #ttlMs: number;
  readonly #lost = new AbortController();
  readonly #listeners = new Set<(remainingMs: number) => void>();
  #until: number;
  #renewal: NodeJS.Timeout;
  #deadline: NodeJS.Timeout;

  private constructor(redis: Redis, key: string, token: string, ttlMs: number, asked: number) {
    this.#redis = redis;
    this.#key = key;
    this.#token = token;
    this.#ttlMs = ttlMs;
    this.#until = asked + ttlMs * (1 - MARGIN);
    this.#renewal = setInterval(() => {
      void this.renew();
    }, ttlMs / RENEWALS);
    this.#deadline = this.#watch();
  }

  /**
   * Takes an account's lease.
   *
   * @param redis a connection whose commands fail soon when Redis is away: a renewal that arrives late is worth nothing
   * @returns the lease, or how long to wait for the one who has it, in ms
   * @throws when Redis cannot be reached
   */
  static async take(redis: Redis, account: string, ttlMs: number): Promise<AccountLease | number> {
    const key = `${PREFIX}:lease:${account}`;
    const token = randomUUID();
    const asked = performance.now();
    if ((await redis.set(key, token, 'PX', ttlMs, 'NX')) === 'OK')
      return new AccountLease(redis, key, token, ttlMs, asked);
    return Math.max(0, await redis.pttl(key));
  }

  /** Aborted when the lease has ended, or can end before anybody notices. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** How long the lease holds for certain, in ms. */
  get remainingMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** Calls back with {@link remainingMs} after each renewal. */
  onRenewed(listener: (remainingMs: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Renews the lease; false when it is not known to be ours any more. Never throws. */
  async renew(): Promise<boolean> {
    const asked = performance.now();
    let held: unknown;
    try {
      held = await this.#redis.eval(RENEW, 1, this.#key, this.#token, this.#ttlMs);
    } catch {
      return false;
    }
    if (held !== 1) this.#lose();
    if (this.#lost.signal.aborted) return false;
    this.#until = Math.max(this.#until, asked + this.#ttlMs * (1 - MARGIN));
    clearTimeout(this.#deadline);
    this.#deadline = this.#watch();
    for (const listener of this.#listeners) listener(this.remainingMs);
    return true;
  }

  /** Gives the lease back. Never throws: it ends by itself, too. */
  async release(): Promise<void> {
    clearInterval(this.#renewal);
    clearTimeout(this.#deadline);
    await this.#redis.eval(RELEASE, 1, this.#key, this.#token).catch(() => undefined);
  }

  #watch(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#lose();
    }, this.remainingMs);
  }

  #lose(): void {
    clearInterval(this.#renewal);
    clearTimeout(this.#deadline);
    this.#lost.abort(new Error('the lease of the account was lost'));
  }
}
