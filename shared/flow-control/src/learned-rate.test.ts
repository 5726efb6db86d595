import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';
import type { RateLimitFeedback } from './rate-limiter.js';
import { VirtualClock } from './virtual-clock.js';

/** The ways in which servers count; each grants `limit` requests in `windowMs`. */
const serverKinds = {
  'fixed window': (limit: () => number, windowMs: number) => {
    let window = -1;
    let count = 0;
    return (now: number) => {
      if (Math.floor(now / windowMs) !== window) count = 0;
      window = Math.floor(now / windowMs);
      return (count += 1) <= limit();
    };
  },
  'sliding window': (limit: () => number, windowMs: number) => {
    let accepted: number[] = [];
    return (now: number) => {
      accepted = accepted.filter((time) => time > now - windowMs);
      if (accepted.length >= limit()) return false;
      accepted.push(now);
      return true;
    };
  },
  'token bucket': (limit: () => number, windowMs: number) => bucket(limit, windowMs, limit),
  'bucket without a burst': (limit: () => number, windowMs: number) => bucket(limit, windowMs, () => 1),
};
type ServerKind = keyof typeof serverKinds;

function bucket(limit: () => number, windowMs: number, capacity: () => number) {
  let tokens = Infinity;
  let filledAt = 0;
  return (now: number) => {
    tokens = Math.min(capacity(), tokens + ((now - filledAt) * limit()) / windowMs);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

interface Run {
  kind: ServerKind;
  limitAt: (now: number) => number;
  windowMs?: number;
  steps: number;
  latencyMs: number;
  durationMs: number;
  explain?: RateLimitFeedback;
}

/** Lets `steps` steps send as fast as they may, and answers every request that reached the server. */
async function run({ kind, limitAt, windowMs = 1_000, steps, latencyMs, durationMs, explain }: Run) {
  const clock = new VirtualClock();
  const limiter = new RateLimiter({ clock });
  const accepts = serverKinds[kind](() => limitAt(clock.monotonic()), windowMs);
  const answers: { at: number; accepted: boolean }[] = [];
  const stop = new AbortController();

  const step = async (number: number): Promise<void> => {
    // Some steps are further from the server than others.
    const tripMs = (latencyMs / 2) * (0.8 + 0.1 * (number % 5));
    while (!stop.signal.aborted) {
      await limiter.acquire(stop.signal);
      await clock.sleep(tripMs, stop.signal);
      const accepted = accepts(clock.monotonic());
      answers.push({ at: clock.monotonic(), accepted });
      await clock.sleep(tripMs, stop.signal);
      limiter.learn(accepted ? {} : { rejected: true, ...explain });
    }
  };
  await clock.run(async () => {
    const running = Array.from({ length: steps }, (_, number) => step(number));
    await clock.sleep(durationMs);
    stop.abort();
    await Promise.allSettled(running);
  });

  return (fromMs: number, toMs: number) => {
    const within = answers.filter(({ at }) => at >= fromMs && at < toMs);
    const accepted = within.filter((answer) => answer.accepted).length;
    const seconds = (toMs - fromMs) / 1_000;
    return {
      acceptedPerSecond: accepted / seconds,
      sentPerSecond: within.length / seconds,
      rejectedShare: (within.length - accepted) / within.length,
    };
  };
}

describe('the rate that a limiter without a limit learns', () => {
  const kinds: ServerKind[] = ['fixed window', 'sliding window', 'token bucket'];

  it.each(kinds.flatMap((kind) => [0, 5, 20, 50].map((latencyMs) => [kind, latencyMs] as const)))(
    'is within 10 per cent of 20 requests a second over 15 s, with at most 2 per cent rejected (%s, %i ms latency)',
    async (kind, latencyMs) => {
      const rates = await run({ kind, limitAt: () => 20, steps: 4, latencyMs, durationMs: 15_000 });

      const { acceptedPerSecond, rejectedShare } = rates(0, 15_000);
      expect(acceptedPerSecond).toBeGreaterThanOrEqual(18);
      expect(acceptedPerSecond).toBeLessThanOrEqual(22);
      expect(rejectedShare).toBeLessThanOrEqual(0.02);
    },
  );

  it.each(kinds)('is as good when the server explains its rejections with Retry-After (%s)', async (kind) => {
    const rates = await run({
      kind,
      limitAt: () => 20,
      steps: 4,
      latencyMs: 20,
      durationMs: 15_000,
      explain: { retryAfterMs: 1_000 },
    });

    const { acceptedPerSecond, rejectedShare } = rates(0, 15_000);
    expect(acceptedPerSecond).toBeGreaterThanOrEqual(18);
    expect(acceptedPerSecond).toBeLessThanOrEqual(22);
    expect(rejectedShare).toBeLessThanOrEqual(0.02);
  });

  it.each(
    kinds.flatMap((kind) => [4, 16].flatMap((steps) => [5, 20].map((latencyMs) => [kind, steps, latencyMs] as const))),
  )(
    'falls from 1,000 to 10 requests a second within 10 s (%s, %i steps, %i ms latency)',
    async (kind, steps, latencyMs) => {
      const fall = 2_000;
      const rates = await run({
        kind,
        limitAt: (now) => (now < fall ? 1_000 : 10),
        steps,
        latencyMs,
        durationMs: fall + 15_000,
      });

      const { sentPerSecond, acceptedPerSecond } = rates(fall + 10_000, fall + 15_000);
      expect(sentPerSecond).toBeGreaterThanOrEqual(7);
      expect(sentPerSecond).toBeLessThanOrEqual(12);
      expect(acceptedPerSecond).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(kinds)('follows a limit that rises from 10 to 100 requests a second (%s)', async (kind) => {
    const rates = await run({
      kind,
      limitAt: (now) => (now < 30_000 ? 10 : 100),
      steps: 16,
      latencyMs: 20,
      durationMs: 95_000,
    });

    expect(rates(20_000, 30_000).acceptedPerSecond).toBeGreaterThan(8);
    expect(rates(85_000, 95_000).acceptedPerSecond).toBeGreaterThan(75);
  });

  it('finds the rate of a server that permits no burst at all', async () => {
    const rates = await run({
      kind: 'bucket without a burst',
      limitAt: () => 20,
      steps: 4,
      latencyMs: 20,
      durationMs: 30_000,
    });

    const { acceptedPerSecond, rejectedShare } = rates(15_000, 30_000);
    expect(acceptedPerSecond).toBeGreaterThanOrEqual(15);
    expect(rejectedShare).toBeLessThanOrEqual(0.02);
  });

  it('finds out that the window of the server is a minute, and keeps within it', async () => {
    const rates = await run({
      kind: 'fixed window',
      limitAt: () => 100,
      windowMs: 60_000,
      steps: 4,
      latencyMs: 50,
      durationMs: 600_000,
    });

    const { acceptedPerSecond, rejectedShare } = rates(180_000, 600_000);
    expect(acceptedPerSecond * 60).toBeGreaterThan(80);
    expect(rejectedShare).toBe(0);
  });

  it('makes single attempts, further and further apart, while nothing is accepted', async () => {
    const rates = await run({ kind: 'token bucket', limitAt: () => 0, steps: 16, latencyMs: 20, durationMs: 60_000 });

    expect(rates(1_000, 60_000).sentPerSecond * 59).toBeLessThanOrEqual(8);
  });

  it('is not forgotten in a quiet time', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ clock });
    const accepts = serverKinds['sliding window'](() => 20, 1_000);
    let rejected = 0;
    const step = async (): Promise<void> => {
      for (let requests = 0; requests < 20; requests++) {
        await limiter.acquire();
        await clock.sleep(10);
        const accepted = accepts(clock.monotonic());
        if (!accepted) rejected += 1;
        limiter.learn({ rejected: !accepted });
      }
    };
    const fourSteps = async (): Promise<void> => {
      await Promise.all([step(), step(), step(), step()]);
    };

    await clock.run(fourSteps);
    const whileLearning = rejected;
    await clock.advance(3_600_000);
    await clock.run(fourSteps);

    expect([whileLearning, rejected]).toEqual([4, 4]);
  });
});
