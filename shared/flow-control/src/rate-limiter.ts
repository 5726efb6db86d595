import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import { FifoQueue } from './fifo-queue.js';
import { LearnedRate } from './learned-rate.js';
import { onAbort } from './on-abort.js';
import type { SharedLimit } from './rate-limit-store.js';
import { RecentTimes } from './recent-times.js';
import { ServerBudget } from './server-budget.js';
import { SharedWindow } from './shared-window.js';
import { SlidingWindow } from './sliding-window.js';

/** What is known of the server's limit beforehand. */
export interface RateLimiterOptions {
  /** Starts in any window, at most; without it, unlimited until the server teaches a limit. */
  limit?: number;
  /** Length of the window in ms; default 1000. */
  windowMs?: number;
  /** Starts at once, at most, after a quiet time; default `limit`. Less spreads the starts over the window. */
  burst?: number;
  /** Where other processes count their starts under the same limit; without it, this limiter counts for itself. */
  shared?: SharedLimit | undefined;
  clock?: Clock;
}

/** What one answer tells about the server's limit. */
export interface RateLimitFeedback {
  /** Requests that the server permits in its window. */
  limit?: number;
  /** Requests left in the server's window. */
  remaining?: number;
  /** Ms until the server's window begins anew. */
  resetAfterMs?: number;
  /** The server answered 429. */
  rejected?: boolean;
  /** Ms that the server asks to wait before the next request. The caller puts a cap on it. */
  retryAfterMs?: number;
}

interface Waiter {
  readonly since: number;
  readonly start: () => void;
}

/** A request whose answer nobody has reported for this long will not get one. */
const ANSWER_LIFETIME_MS = 120_000;

/**
 * A gate in front of a rate-limited server. At most `limit` starts lie in any window of `windowMs` (a strict sliding
 * window), first come, first served, and the server has its say: `learn` what each answer tells, and the gate keeps to
 * what remains in the server's own window, pauses when asked to, and finds the rate of a server that answers 429 without
 * an explanation. One instance for each account, shared by all who send; with `shared`, limiters of several processes
 * keep one limit together.
 *
 * @example
 * import { RateLimiter } from '@vendor-graph/flow-control';
 * const limiter = new RateLimiter({ limit: 200, windowMs: 60_000 });
 * await limiter.acquire();
 * limiter.learn({ remaining: 199 });
 *
 * limiter.waitedMs; // => 0
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #window: SlidingWindow | undefined;
  readonly #shared: SharedWindow | undefined;
  readonly #spacing: { intervalMs: number; burst: number } | undefined;
  readonly #learned: LearnedRate;
  readonly #budget: ServerBudget;
  readonly #outstanding = new RecentTimes();
  readonly #waiters = new FifoQueue<Waiter>();
  #spacedUntil = -Infinity;
  #pausedUntil = -Infinity;
  #waitedMs = 0;
  #alarm: { at: number; cancel: () => void } | undefined;

  /**
   * @throws RangeError when `limit` or `burst` is not a whole number from 1, or `windowMs` is not positive; TypeError
   *   for `shared` without `limit`
   */
  constructor({ limit, windowMs = 1_000, burst = limit, shared, clock = systemClock }: RateLimiterOptions = {}) {
    checkCount('limit', limit);
    checkCount('burst', burst);
    if (!(windowMs > 0 && windowMs < Infinity)) throw new RangeError(`windowMs must be positive, got ${windowMs}`);
    this.#clock = clock;
    if (limit === undefined) {
      if (shared !== undefined)
        throw new TypeError('A shared limit has to be stated: new RateLimiter({ limit, shared })');
    } else {
      if (shared === undefined) this.#window = new SlidingWindow(limit, windowMs);
      else this.#shared = new SharedWindow(shared, limit, windowMs, clock);
      if (burst !== undefined && burst < limit) this.#spacing = { intervalMs: windowMs / limit, burst };
    }
    this.#learned = new LearnedRate(windowMs);
    this.#budget = new ServerBudget(windowMs);
  }

  /** Total time, in ms, that requests have waited here. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  /** `clock.now()` of the next start when somebody waits, as far as is known; undefined when nobody waits. */
  get waitingUntil(): number | undefined {
    if (this.#waiters.size === 0 || this.#alarm === undefined) return undefined;
    return this.#clock.now() + this.#alarm.at - this.#clock.monotonic();
  }

  /**
   * Waits for the permission to send one request. Rejects with `signal.reason` when the signal aborts; the waiter then
   * leaves the queue at once and takes no permission.
   */
  acquire(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    const now = this.#clock.monotonic();
    if (this.#shared === undefined && this.#waiters.size === 0 && this.#opensAt(now) <= now) {
      this.#start(now, false);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter = this.#waiters.push({
        since: now,
        start: () => {
          unlink();
          resolve();
        },
      });
      const unlink = onAbort(signal, (reason) => {
        this.#waiters.remove(waiter);
        this.#waitedMs += this.#clock.monotonic() - now;
        if (this.#waiters.size === 0) this.#rest();
        reject(reason);
      });
      if (this.#waiters.size === 1) this.#admit();
    });
  }

  /**
   * Takes in what an answer says. To be called once for each request, also when its answer says nothing or never came
   * (`{}`): the gate counts how many requests the server may not have counted yet. Values that are not numbers from 0
   * are ignored.
   */
  learn(feedback: RateLimitFeedback): void {
    const now = this.#clock.monotonic();
    this.#outstanding.forgetUntil(now - ANSWER_LIFETIME_MS);
    const startedAt = this.#outstanding.shift() ?? now;
    const limit = meaningful(feedback.limit);
    const remaining = meaningful(feedback.remaining);
    const resetAfterMs = meaningful(feedback.resetAfterMs);
    const retryAfterMs = meaningful(feedback.retryAfterMs);
    const rejected = feedback.rejected === true;

    this.#budget.learn({ limit, remaining, resetAfterMs }, now);
    const usedUp = rejected && (remaining === 0 || remaining === undefined);
    const pauseMs = retryAfterMs ?? (usedUp ? resetAfterMs : undefined);
    if (pauseMs !== undefined) this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    // A server that counts aloud has explained its rejection; the budget keeps to it.
    if (!rejected) this.#learned.accepted(startedAt, now);
    else if (remaining !== 0) this.#learned.rejected(startedAt, now, this.#outstanding.size + 1);
    if (this.#waiters.size > 0) this.#admit();
  }

  #opensAt(now: number): number {
    return Math.max(
      this.#pausedUntil,
      this.#window?.opensAt() ?? -Infinity,
      this.#spacing === undefined
        ? -Infinity
        : this.#spacedUntil - (this.#spacing.burst - 1) * this.#spacing.intervalMs,
      this.#learned.opensAt(now),
      this.#budget.opensAt(this.#outstanding.size, now),
    );
  }

  #start(now: number, waited: boolean): void {
    this.#window?.start(now);
    this.#shared?.start(now);
    if (this.#spacing !== undefined) {
      this.#spacedUntil = Math.max(this.#spacedUntil, now) + this.#spacing.intervalMs;
    }
    this.#learned.start(now, waited);
    this.#outstanding.push(now);
  }

  /** Lets in who may start now, in order, and sets the alarm for the next one. */
  #admit(): void {
    const now = this.#clock.monotonic();
    while (this.#waiters.size > 0) {
      const opensAt = this.#opensAt(now);
      if (opensAt > now) {
        this.#shared?.forget();
        this.#setAlarm(opensAt, now);
        return;
      }
      if (this.#shared !== undefined) {
        const sharedOpensAt = this.#shared.opensAt(now);
        if (sharedOpensAt === undefined) {
          this.#cancelAlarm();
          this.#shared.ask(() => {
            this.#admit();
          });
          return;
        }
        if (sharedOpensAt > now) {
          this.#setAlarm(sharedOpensAt, now);
          return;
        }
      }
      const waiter = this.#waiters.shift();
      if (waiter === undefined) break;
      this.#waitedMs += now - waiter.since;
      this.#start(now, true);
      waiter.start();
    }
    this.#rest();
  }

  /** Nobody waits. */
  #rest(): void {
    this.#shared?.forget();
    this.#cancelAlarm();
  }

  #setAlarm(at: number, now: number): void {
    if (this.#alarm?.at === at) return;
    this.#cancelAlarm();
    const cancel = this.#clock.after(at - now, () => {
      this.#alarm = undefined;
      this.#admit();
    });
    this.#alarm = { at, cancel };
  }

  #cancelAlarm(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
  }
}

function checkCount(name: string, count: number | undefined): void {
  if (count !== undefined && (!Number.isInteger(count) || count < 1)) {
    throw new RangeError(`${name} must be a whole number from 1, got ${count}`);
  }
}

function meaningful(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value < Infinity ? value : undefined;
}
