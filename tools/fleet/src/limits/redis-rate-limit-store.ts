import type { SharedStart } from '@vendor-graph/flow-control';
import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { PREFIX } from '../queue/fleet-queue.js';

/**
 * A window that slides, in place of the fixed one of `rate-limiter-flexible`: two fixed windows side by side let twice the
 * limit through. Keeps the last `limit` starts, newest first, and gives the next start its time: when the start that is
 * `limit` starts ago has left the window. The time is Redis's own, so that workers' clocks do not matter. A start further
 * in the future than one window comes from a clock that was wrong.
 *
 * Answers as the library's own script does: points used, and ms to wait.
 */
const SLIDING_WINDOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limit = tonumber(ARGV[3])
local window = tonumber(ARGV[4]) * 1000
local newest = redis.call('LINDEX', KEYS[1], 0)
if newest and tonumber(newest) > now + window then
  redis.call('DEL', KEYS[1])
  newest = false
end
local at = now
if newest then at = math.max(at, tonumber(newest)) end
local oldest = redis.call('LINDEX', KEYS[1], limit - 1)
if oldest then at = math.max(at, tonumber(oldest) + window) end
redis.call('LPUSH', KEYS[1], string.format('%.3f', at))
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], math.ceil(at - now + window))
return {1, math.ceil(at - now)}
`;

/**
 * The window of the workers is longer than the vendor's by this part: requests do not all take the same time to arrive,
 * and what started in two windows must not meet in one.
 */
const MARGIN = 0.01;
/** A limiter that has asked for no start for so many windows, and at least so long, keeps the limit no longer. */
const SHARER_WINDOWS = 2;
const SHARER_LEAST_MS = 30_000;

/** Rate limits that all workers keep together, in Redis. */
export class RedisRateLimitStore {
  readonly #redis: Redis;
  readonly #limiters = new Map<string, RateLimiterRedis>();
  readonly #now: () => number;

  /**
   * @param redis a connection whose commands fail soon when Redis is away
   * @param now ms, for who shares a limit
   */
  constructor(redis: Redis, now: () => number = Date.now) {
    this.#redis = redis;
    this.#now = now;
  }

  /**
   * Reserves one start.
   *
   * @param sharer the limiter that asks
   * @throws when Redis cannot be reached
   */
  async reserve(sharer: string, key: string, limit: number, windowMs: number): Promise<SharedStart> {
    const [{ msBeforeNext }, sharers] = await Promise.all([
      this.#limiter(limit, windowMs).consume(key),
      this.#countSharers(sharer, key, SHARER_WINDOWS * windowMs + SHARER_LEAST_MS),
    ]);
    return { waitMs: msBeforeNext, sharers };
  }

  #limiter(limit: number, windowMs: number): RateLimiterRedis {
    const name = `${limit}/${windowMs}`;
    const known = this.#limiters.get(name);
    if (known !== undefined) return known;
    const limiter = new RateLimiterRedis({
      storeClient: this.#redis,
      keyPrefix: `${PREFIX}:limit`,
      points: limit,
      // The library rounds a duration below one second to no duration at all; the script takes the fraction.
      duration: Math.max(1, (windowMs * (1 + MARGIN)) / 1_000),
      customIncrTtlLuaScript: SLIDING_WINDOW,
      rejectIfRedisNotReady: true,
    });
    this.#limiters.set(name, limiter);
    return limiter;
  }

  async #countSharers(sharer: string, key: string, lifetimeMs: number): Promise<number> {
    const now = this.#now();
    const name = `${PREFIX}:sharers:${key}`;
    const answers = await this.#redis
      .multi()
      .zadd(name, now, sharer)
      .zremrangebyscore(name, '-inf', now - lifetimeMs)
      .zcard(name)
      .pexpire(name, lifetimeMs)
      .exec();
    const count = answers?.[2]?.[1];
    return typeof count === 'number' ? count : 1;
  }
}
