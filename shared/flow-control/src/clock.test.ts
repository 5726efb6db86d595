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
      new RangeError('a clock waits for a number of milliseconds, got NaN'),
    );
  });

  it.each([
    ['a millisecond', 1],
    ['60 days, which are more than two timers take', 60 * 86_400_000],
  ])('calls after %s, once', (_, ms) => {
    const act = vi.fn();
    systemClock.after(ms, act);

    vi.advanceTimersByTime(ms - 1);
    const early = act.mock.calls.length;
    vi.advanceTimersByTime(2 * ms);

    expect([early, act.mock.calls.length, vi.getTimerCount()]).toEqual([0, 1, 0]);
  });

  it('never calls after an infinite time', () => {
    const act = vi.fn();
    const cancel = systemClock.after(Infinity, act);

    vi.advanceTimersByTime(100 * 86_400_000);
    cancel();

    expect([act.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it.each([1_000, 60 * 86_400_000])('does not call when it is cancelled within %d ms', (ms) => {
    const act = vi.fn();
    const cancel = systemClock.after(ms, act);

    vi.advanceTimersByTime(ms - 1);
    cancel();
    vi.advanceTimersByTime(1);

    expect([act.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('refuses to call after a time that is not a number', () => {
    expect(() => systemClock.after(NaN, () => undefined)).toThrow(RangeError);
    expect(vi.getTimerCount()).toBe(0);
  });
});
