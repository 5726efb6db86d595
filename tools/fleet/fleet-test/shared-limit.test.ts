import { RateLimiter, type SharedLimit } from '@vendor-graph/flow-control';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { hawkAuth, HttpClient } from '@vendor-graph/http';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RedisRateLimitStore } from '../src/limits/redis-rate-limit-store.js';
import { impatientConnection } from '../src/queue/redis-connection.js';
import { RedisServer } from './support/redis-server.js';
import { until } from './support/until.js';
import { inVirtualTime } from './support/virtual-redis.js';

const MINUTE = 60_000;
/** What Threat Stack grants an organization. */
const LIMIT = 200;
const REQUESTS_AT_ONCE = 4;

/** One worker's connection to Redis, limiter and client. */
interface Sender {
  redis: Redis;
  limiter: RateLimiter;
  client: HttpClient;
}

describe('three workers on one organization of 200 requests a minute', { timeout: 120_000 }, () => {
  let server: RedisServer;
  let clock: VirtualClock;
  let simulator: Simulator;
  let senders: Sender[];
  let reserving: number;
  let told: string[];
  let start: number;

  beforeEach(async () => {
    server = await RedisServer.start();
    clock = new VirtualClock();
    start = clock.now();
    simulator = await startSimulator('threatstack', {
      agents: 1,
      cves: 1,
      alerts: 0,
      oddities: false,
      rateLimit: LIMIT,
      clock,
    });
    reserving = 0;
    told = [];
    senders = ['a', 'b', 'c'].map(sender);
    await Promise.all(senders.map(({ redis }) => until('Redis is there', () => redis.status === 'ready')));
  });
  afterEach(async () => {
    await Promise.all(senders.map(({ client }) => client.close()));
    for (const { redis } of senders) redis.disconnect();
    await simulator.close();
    await server.close();
  });

  function sender(name: string): Sender {
    const redis = impatientConnection(server.url, 2_000);
    const store = new RedisRateLimitStore(inVirtualTime(redis, clock), () => clock.now());
    const shared: SharedLimit = {
      store: {
        reserve: async (key, limit, windowMs) => {
          reserving += 1;
          return store.reserve(name, key, limit, windowMs).finally(() => {
            reserving -= 1;
          });
        },
      },
      key: 'threatstack/organization',
      onAlone: (fairShare) => told.push(`${name} alone with ${fairShare}`),
      onTogether: () => told.push(`${name} together`),
    };
    const { userId = '', apiKey = '', orgId = '' } = simulator.credentials['default'] ?? {};
    const limiter = new RateLimiter({ limit: LIMIT, windowMs: MINUTE, shared, clock });
    const client = new HttpClient({
      baseUrl: simulator.baseUrl,
      product: { name: 'worker', version: name },
      auth: hawkAuth({ id: userId, key: apiKey, ext: orgId, clock }),
      rateLimiter: limiter,
      // The limit must hold by what the workers tell each other, without what the server says.
      rateLimitFeedback: () => ({}),
      clock,
    });
    return { redis, limiter, client };
  }

  const busy = (): boolean => reserving > 0 || senders.some(({ client }) => client.inFlight > 0);

  /** Sends without a pause until that time. */
  async function send({ client }: Sender, untilMs: number): Promise<void> {
    await Promise.all(
      Array.from({ length: REQUESTS_AT_ONCE }, async () => {
        while (clock.monotonic() < untilMs)
          await client.requestJson('/v2/agents', { query: { status: 'online' }, accept: [429] });
      }),
    );
  }

  const answers = (from: number, to: number): number[] =>
    simulator.traffic.requests.filter(({ at }) => at - start >= from && at - start < to).map(({ status }) => status);

  it('use 95 to 105 per cent of it over ten minutes, and are never refused', async () => {
    await clock.run(() => Promise.all(senders.map((each) => send(each, 10 * MINUTE))), { busy });

    const statuses = answers(0, 10 * MINUTE);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(statuses.length).toBeGreaterThanOrEqual(0.95 * 10 * LIMIT);
    expect(statuses.length).toBeLessThanOrEqual(1.05 * 10 * LIMIT);
    expect(simulator.traffic.maxPerWindow(MINUTE)).toBeLessThanOrEqual(LIMIT);
    expect(told).toEqual([]);
  });

  it('keep to a third each while Redis is away, say so, and share again when it is back', async () => {
    let paused = 0;
    await clock.run(
      async () => {
        const work = Promise.all(senders.map((each) => send(each, 8 * MINUTE)));
        await clock.sleep(1.5 * MINUTE);
        paused += 1;
        await server.kill();
        await Promise.all(senders.map(({ redis }) => until('the loss is known', () => redis.status !== 'ready')));
        paused -= 1;
        await clock.sleep(3 * MINUTE);
        paused += 1;
        await server.start();
        await Promise.all(senders.map(({ redis }) => until('Redis is back', () => redis.status === 'ready')));
        paused -= 1;
        await work;
      },
      { busy: () => busy() || paused > 0 },
    );

    expect(told.slice(0, 3).sort()).toEqual(['a alone with 66', 'b alone with 66', 'c alone with 66']);
    expect(told.slice(3).sort()).toEqual(['a together', 'b together', 'c together']);
    const aloneAMinute = answers(2.5 * MINUTE, 4.5 * MINUTE).length / 2;
    expect(aloneAMinute).toBeGreaterThan(0.9 * LIMIT);
    expect(aloneAMinute).toBeLessThanOrEqual(LIMIT);
    expect(answers(6 * MINUTE, 8 * MINUTE).length / 2).toBeGreaterThan(0.95 * LIMIT);
    expect(new Set(answers(0, 8 * MINUTE))).toEqual(new Set([200]));
  });
});
