import { onAbort } from './on-abort.js';

/** Time as a dependency: what waits or measures gets a clock, so that a test of a long wait takes no time. */
export interface Clock {
  /** Wall clock, in ms since the epoch. It may jump when the machine's time is set. */
  now(): number;
  /** Ms since an arbitrary moment; never goes back. For durations. */
  monotonic(): number;
  /**
   * Calls `act` once, after `ms` milliseconds; never for Infinity. The returned function prevents that, also in the moment
   * in which the time is over. Throws a RangeError when `ms` is not a number.
   */
  after(ms: number, act: () => void): () => void;
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
  after(ms, act) {
    checkTime(ms);
    let left = ms;
    let timeout: NodeJS.Timeout;
    const wait = (): void => {
      const part = Math.min(left, LONGEST_TIMER_MS);
      left -= part;
      timeout = setTimeout(left > 0 ? wait : act, part);
    };
    wait();
    return () => {
      clearTimeout(timeout);
    };
  },
  sleep: (ms, signal) => sleepBy(systemClock, ms, signal),
};

/** Sleeps as a {@link Clock} does, by its `after`. */
export function sleepBy(clock: Pick<Clock, 'after'>, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const cancel = clock.after(ms, () => {
      unlink();
      resolve();
    });
    const unlink = onAbort(signal, (reason) => {
      cancel();
      reject(reason);
    });
  });
}

/** @throws RangeError for NaN, with which a timer would fire at once */
export function checkTime(ms: number): void {
  if (Number.isNaN(ms)) throw new RangeError('a clock waits for a number of milliseconds, got NaN');
}
