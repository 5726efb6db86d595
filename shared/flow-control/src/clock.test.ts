import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.js';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the wall clock and a monotonic time', () => {
    vi.setSystemTime(1_700_000_000_000);

    const before = systemClock.monotonic();
    vi.advanceTimersByTime(250);

    expect(systemClock.now()).toBe(1_700_000_000_250);
    expect(systemClock.monotonic() - before).toBe(250);
  });

  it.each([
    ['a millisecond', 1],
    ['a second', 1_000],
    ['30 days, which is more than a timer takes', 30 * 86_400_000],
  ])('sleeps for %s', async (_, ms) => {
    let awake = false;
    const sleep = systemClock.sleep(ms).then(() => (awake = true));

    await vi.advanceTimersByTimeAsync(ms - 1);
    const early = awake;
    await vi.advanceTimersByTimeAsync(1);
    await sleep;

    expect(early).toBe(false);
    expect(awake).toBe(true);
  });

  it('rejects with the reason of the signal and leaves no timer', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');

    const sleep = systemClock.sleep(1_000, controller.signal);
    controller.abort(reason);

    await expect(sleep).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin to sleep when the signal has aborted before', async () => {
    const reason = new Error('enough');

    await expect(systemClock.sleep(1_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses to sleep for a time that is not a number', async () => {
    await expect(systemClock.sleep(NaN)).rejects.toThrow(
      new RangeError('sleep() takes a number of milliseconds, got NaN'),
    );
  });
});
