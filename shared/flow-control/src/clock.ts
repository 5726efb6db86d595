import { onAbort } from './on-abort.js';

/** Time as a dependency: what waits or measures gets a clock, so that a test of a long wait takes no time. */
export interface Clock {
  /** Wall clock, in ms since the epoch. It may jump when the machine's time is set. */
  now(): number;
  /** Ms since an arbitrary moment; never goes back. For durations. */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds; Infinity waits for the signal alone.
   * Rejects with `signal.reason` as soon as the signal aborts, and with a RangeError when `ms` is not a number.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay a Node timer takes; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The clock of the machine.
 *
 * @example
 * import { systemClock } from '@vendor-graph/flow-control';
 * const before = systemClock.monotonic();
 * await systemClock.sleep(1);
 *
 * systemClock.monotonic() > before; // => true
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (Number.isNaN(ms)) throw new RangeError('sleep() takes a number of milliseconds, got NaN');
    let left = ms;
    do {
      await timer(Math.min(left, LONGEST_TIMER_MS), signal);
      left -= LONGEST_TIMER_MS;
    } while (left > 0);
  },
};

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timeout = setTimeout(() => {
      unlink();
      resolve();
    }, ms);
    const unlink = onAbort(signal, (reason) => {
      clearTimeout(timeout);
      reject(reason);
    });
  });
}
