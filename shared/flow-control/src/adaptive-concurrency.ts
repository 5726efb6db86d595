import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import { FifoQueue } from './fifo-queue.js';
import { loopUtilization } from './loop-utilization.js';
import { onAbort } from './on-abort.js';

/** How a unit of work went. */
export interface WorkOutcome {
  /** From start to answer, in ms, without waits of our own. */
  latencyMs: number;
  /** The server said or showed that it has too much to do: 429, 5xx, a time-out. */
  overloaded: boolean;
}

/** Gives a place back and tells how the work went. To be called exactly once. */
export type Release = (outcome: WorkOutcome) => void;

/** In trouble the limit falls to this part. */
const CUT = 0.5;
/** A limit that led to overload is not tried again for this time. */
const OVERLOAD_MEMORY_MS = 30_000;
/** Latency counts as risen when the average of a round is more than this many times the best one. */
const LATENCY_TOLERANCE = 2;
/** A cut has helped when latency has fallen to this part at least; where requests queue up, it falls by half. */
const CUT_HELPED = 0.75;
/** A process that computes for more than this share of the time takes notice of answers late. */
const BUSY = 0.8;
/** Fewer answers than this are no average. */
const MIN_ROUND = 8;

/**
 * A limit on concurrency that finds its level: it doubles with each round of answers until the first sign of trouble,
 * then grows by one a round while latency holds, and shrinks on overload or rising latency. Latency that does not follow
 * when the limit shrinks has another cause (slower endpoints) and becomes the new normal. While this process itself is
 * busy, rising latency says nothing about the server, and the limit stays. First come, first served.
 *
 * @example
 * import { AdaptiveConcurrency } from '@vendor-graph/flow-control';
 * const concurrency = new AdaptiveConcurrency({ initial: 2, max: 8 });
 * const release = await concurrency.acquire();
 * concurrency.inFlight; // => 1
 * release({ latencyMs: 20, overloaded: false });
 *
 * concurrency.inFlight; // => 0
 */
export class AdaptiveConcurrency {
  readonly #min: number;
  readonly #max: number;
  readonly #clock: Clock;
  readonly #utilization: () => number;
  readonly #waiters = new FifoQueue<(release: Release) => void>();
  #limit: number;
  #inFlight = 0;
  #peak = 0;
  #started = 0;
  #exploring = true;
  #bestLatencyMs = Infinity;
  /** The limit and the latency before the last cut for latency, until the next round tells whether it helped. */
  #beforeCut: { limit: number; latencyMs: number } | undefined;
  #overload: { limit: number; until: number } | undefined;
  /** What started before this round tells about a limit that is no longer in force. */
  #roundStart = 0;
  #roundAnswers = 0;
  #roundLatencyMs = 0;
  #roundSaturated = false;

  /**
   * @throws RangeError unless 1 <= min <= initial <= max, all whole numbers (`max` may be Infinity)
   */
  constructor({
    min = 1,
    initial,
    max,
    clock = systemClock,
    utilization = clock === systemClock ? loopUtilization() : () => 0,
  }: {
    min?: number;
    initial: number;
    max: number;
    clock?: Clock;
    /**
     * The share of the time since its last call, 0 to 1, in which this process was busy; with another clock than the
     * system's it is taken for idle by default.
     */
    utilization?: () => number;
  }) {
    const areWhole = [min, initial, max].every((value) => Number.isInteger(value) || value === Infinity);
    if (!areWhole || !(min >= 1 && min <= initial && initial <= max && initial < Infinity)) {
      throw new RangeError(`expected whole numbers 1 <= min <= initial <= max, got ${min}, ${initial}, ${max}`);
    }
    this.#min = min;
    this.#max = max;
    this.#limit = initial;
    this.#clock = clock;
    this.#utilization = utilization;
  }

  /** Work that may be in flight now. */
  get limit(): number {
    return this.#limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The most that has ever been in flight. */
  get peak(): number {
    return this.#peak;
  }

  /** Waits for a place. Rejects with `signal.reason` when the signal aborts; the waiter then leaves the queue at once. */
  acquire(signal?: AbortSignal): Promise<Release> {
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    if (this.#waiters.size === 0 && this.#inFlight < this.#limit) return Promise.resolve(this.#enter());
    return new Promise((resolve, reject) => {
      const waiter = this.#waiters.push((release) => {
        unlink();
        resolve(release);
      });
      const unlink = onAbort(signal, (reason) => {
        this.#waiters.remove(waiter);
        reject(reason);
      });
    });
  }

  #enter(): Release {
    const sequence = this.#started++;
    this.#inFlight++;
    this.#peak = Math.max(this.#peak, this.#inFlight);
    let released = false;
    return (outcome) => {
      if (released) throw new Error('AdaptiveConcurrency: a place was released twice; call each release exactly once');
      released = true;
      this.#learn(outcome, sequence);
      this.#inFlight--;
      this.#admit();
    };
  }

  #admit(): void {
    while (this.#inFlight < this.#limit) {
      const admit = this.#waiters.shift();
      if (admit === undefined) return;
      admit(this.#enter());
    }
  }

  #learn({ latencyMs, overloaded }: WorkOutcome, sequence: number): void {
    if (sequence < this.#roundStart) return;
    if (overloaded) {
      this.#overload = { limit: this.#limit, until: this.#clock.monotonic() + OVERLOAD_MEMORY_MS };
      this.#cut();
      return;
    }
    this.#roundAnswers++;
    this.#roundLatencyMs += latencyMs;
    // The work itself is still counted as in flight.
    this.#roundSaturated ||= this.#inFlight >= this.#limit;
    if (this.#roundAnswers >= Math.max(MIN_ROUND, this.#limit)) this.#endRound();
  }

  #endRound(): void {
    const latencyMs = this.#roundLatencyMs / this.#roundAnswers;
    const busy = this.#utilization() > BUSY;
    const before = this.#beforeCut;
    this.#beforeCut = undefined;
    if (before !== undefined && latencyMs > before.latencyMs * CUT_HELPED) {
      this.#bestLatencyMs = latencyMs;
      this.#limit = before.limit;
      this.#beginRound();
      return;
    }
    this.#bestLatencyMs = Math.min(this.#bestLatencyMs, latencyMs);
    if (latencyMs > this.#bestLatencyMs * LATENCY_TOLERANCE && this.#limit > this.#min) {
      if (busy) {
        this.#beginRound();
        return;
      }
      const limit = this.#limit;
      this.#cut();
      this.#beforeCut = { limit, latencyMs };
      return;
    }
    // A limit that was not reached has not been tested, so its latency says nothing about a higher one.
    if (this.#roundSaturated) this.#grow();
    this.#beginRound();
  }

  #grow(): void {
    if (this.#overload !== undefined && this.#clock.monotonic() >= this.#overload.until) this.#overload = undefined;
    const ceiling = Math.min(this.#max, (this.#overload?.limit ?? Infinity) - 1);
    const wanted = this.#exploring ? this.#limit * 2 : this.#limit + 1;
    this.#limit = Math.max(this.#limit, Math.min(wanted, ceiling));
  }

  #cut(): void {
    this.#exploring = false;
    this.#beforeCut = undefined;
    this.#limit = Math.max(this.#min, Math.floor(this.#limit * CUT));
    this.#beginRound();
  }

  #beginRound(): void {
    this.#roundStart = this.#started;
    this.#roundAnswers = 0;
    this.#roundLatencyMs = 0;
    this.#roundSaturated = false;
  }
}
