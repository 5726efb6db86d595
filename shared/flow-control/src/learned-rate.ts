import { RecentTimes } from './recent-times.js';

/** A limit learned from a rejection is kept to with this margin. */
const MARGIN = 0.97;
/** A rejection lowers the rate at least to this part. */
const DECREASE = 0.95;
/** The same for a rejection within a window of the one before. */
const FAST_DECREASE = 0.8;
/** What was accepted proves a limit when it is this many times what was in flight; less may be a limit on bursts. */
const PROOF = 2;
/** Between an estimate and a rejected rate that is this many times higher, the limit is looked for at once. */
const SEARCH_RATIO = 1.3;
/** A rejection says more about the long run than about the last window when the one before is this many windows ago. */
const LONG_RUN_WINDOWS = 2;
/** Standstills belong together when the time between them is not longer than this many times the last one. */
const CYCLE_RATIO = 2;
/** The first pause of a standstill, in windows; it doubles with each vain attempt, up to the cap. */
const FIRST_PAUSE_WINDOWS = 0.25;
const LONGEST_PAUSE_MS = 60_000;
/** Starts in the first window after a standstill. */
const RESTART_RATE = 4;
/** Starts that come late (timers are coarse) are made up for, up to this time. */
const CATCH_UP_MS = 10;

/** How the rate grows while nothing is rejected: not for some windows, then by a factor a window. */
interface Growth {
  readonly holdWindows: number;
  readonly factor: number;
}
/** The limit is known: try more now and then, since it may have risen. */
const HOLD: Growth = { holdWindows: 20, factor: 1.15 };
/** The limit is somewhere above. */
const SEARCH: Growth = { holdWindows: 0, factor: 1.25 };
/** The limit may be far above: double in a quarter of a window. */
const RESTART: Growth = { holdWindows: 0, factor: 16 };

/** A moment from which on the long run is measured. */
interface Milestone {
  /** In busy time. */
  readonly at: number;
  readonly acceptedTotal: number;
}

interface Standstill {
  readonly since: number;
  readonly pauseMs: number;
  /** When the attempt under way started. */
  readonly attemptAt: number | undefined;
  readonly until: number;
}

/**
 * The rate that a server bears which rejects without telling its limit. Unlimited until the first rejection; then what
 * the server accepted in the window before a rejection, or in the long run between two rejections, is taken for its
 * limit, and starts are spaced evenly. When not even the next request is accepted, nothing but single attempts are made
 * until one is, and the rate is built up anew. All times are monotonic ms.
 */
export class LearnedRate {
  readonly #windowMs: number;
  readonly #acceptedAt = new RecentTimes();
  #acceptedTotal = 0;
  /** Starts per window at `#rateSince` (in busy time), growing up to `#ceiling`. */
  #rate = Infinity;
  #rateSince = 0;
  #growth = HOLD;
  /** The window that growth is counted in: the server's, as far as it is known to be longer than ours. */
  #growthWindowMs: number;
  #ceiling = Infinity;
  #beyondCeiling = HOLD;
  #notBefore = -Infinity;
  #lastStart = -Infinity;
  #nextStart = -Infinity;
  /** A rejection of a request that started before this moment says nothing about what was decided then. */
  #decidedAt = -Infinity;
  #acceptedSinceDecision = 0;
  #milestone: Milestone | undefined;
  /** What the limit is at least, by the first burst, if that emptied a bucket that holds one window's worth. */
  #leastRate = 0;
  /** Time in which nobody wanted to start. It is left out where it would pass for restraint of the server or of ours. */
  #idleMs = 0;
  #standstill: Standstill | undefined;
  /** The end of the last standstill that was so long that the server's window must be longer than ours. */
  #longStandstill: Milestone | undefined;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
    this.#growthWindowMs = windowMs;
  }

  /** When the next start is permitted. */
  opensAt(now: number): number {
    if (this.#standstill !== undefined) return this.#standstill.until;
    // The rate may have grown since the last start.
    return Math.max(this.#notBefore, Math.min(this.#nextStart, this.#lastStart + this.#intervalMs(now)));
  }

  /** @param waited whether somebody had been waiting for this start */
  start(now: number, waited: boolean): void {
    if (!waited && this.#lastStart > -Infinity) {
      this.#idleMs += Math.max(0, now - Math.max(this.#lastStart, this.opensAt(now)));
    }
    this.#nextStart = Math.max(this.#nextStart, now - CATCH_UP_MS) + this.#intervalMs(now);
    this.#lastStart = now;
    if (this.#standstill !== undefined) {
      // Nobody else until the answer; if none comes, another attempt.
      this.#standstill = { ...this.#standstill, attemptAt: now, until: now + LONGEST_PAUSE_MS };
    }
  }

  /** The server accepted a request that started at `startedAt`. */
  accepted(startedAt: number, now: number): void {
    this.#acceptedTotal++;
    if (startedAt > this.#decidedAt) this.#acceptedSinceDecision++;
    if (this.#isAnswerToAttempt(startedAt)) this.#restart(now);
    this.#acceptedAt.push(startedAt);
    this.#acceptedAt.forgetUntil(startedAt - this.#windowMs);
  }

  /** The server rejected a request that started at `startedAt`, while `inFlight` requests, itself included, were out. */
  rejected(startedAt: number, now: number, inFlight: number): void {
    if (this.#standstill !== undefined) {
      if (this.#isAnswerToAttempt(startedAt))
        this.#standStill(this.#standstill.since, this.#standstill.pauseMs * 2, now);
      return;
    }
    if (startedAt <= this.#decidedAt) return;
    this.#acceptedAt.forgetUntil(startedAt - this.#windowMs);
    if (this.#milestone === undefined) this.#takeFirstRejection(startedAt, now, inFlight);
    else if (this.#acceptedSinceDecision > 0) this.#slowDown(this.#milestone, startedAt, now, inFlight);
    else this.#standStill(now, FIRST_PAUSE_WINDOWS * this.#windowMs, now);
  }

  #isAnswerToAttempt(startedAt: number): boolean {
    return this.#standstill?.attemptAt !== undefined && startedAt >= this.#standstill.attemptAt;
  }

  #takeFirstRejection(startedAt: number, now: number, inFlight: number): void {
    const accepted = this.#acceptedAt.size;
    const burstWindows = (startedAt - (this.#acceptedAt.newest(accepted) ?? startedAt)) / this.#windowMs;
    this.#leastRate = accepted / (1 + burstWindows);
    if (accepted >= PROOF * inFlight) {
      this.#setRate(accepted * MARGIN, HOLD, now);
      this.#notBefore = startedAt + this.#windowMs;
    } else {
      this.#setRate(RESTART_RATE, RESTART, now);
      this.#notBefore = now + FIRST_PAUSE_WINDOWS * this.#windowMs;
    }
    this.#measureFrom(startedAt);
  }

  #slowDown(milestone: Milestone, startedAt: number, now: number, inFlight: number): void {
    const rate = this.#rateAt(now);
    const isSteady = this.#isSteady(now);
    const elapsedMs = this.#busy(startedAt) - milestone.at;
    const lastWindow = this.#acceptedAt.size;
    const longRun = ((this.#acceptedTotal - milestone.acceptedTotal) * this.#windowMs) / elapsedMs;
    const isLongRun = isSteady && elapsedMs >= this.#longRunMs(longRun);
    const limit = Math.max(1, isLongRun ? longRun : Math.max(lastWindow, longRun));
    const isUncertain = isSteady ? !isLongRun && lastWindow < PROOF * inFlight : rate > limit * SEARCH_RATIO;
    const growth = isUncertain ? SEARCH : HOLD;
    const decrease = now - this.#decidedAt < this.#windowMs ? FAST_DECREASE : DECREASE;
    this.#setRate(Math.min(limit * MARGIN, rate * decrease), growth, now);
    // The window is full for the server too: go on when enough of what it accepted has left it.
    const filling = this.#acceptedAt.newest(Math.max(1, Math.floor(this.#rate)));
    if (filling !== undefined) this.#notBefore = filling + this.#windowMs;
    if (isLongRun || !isSteady) this.#measureFrom(startedAt);
  }

  /** How long a run must be to tell the limit; longer when it tells less than the first burst made plausible. */
  #longRunMs(rate: number): number {
    return (rate < this.#leastRate ? 2 : 1) * LONG_RUN_WINDOWS * this.#windowMs;
  }

  #standStill(since: number, pauseMs: number, now: number): void {
    const pause = Math.min(pauseMs, Math.max(LONGEST_PAUSE_MS, this.#windowMs));
    this.#standstill = { since, pauseMs: pause, attemptAt: undefined, until: now + pause };
  }

  #restart(now: number): void {
    if (this.#standstill === undefined) return;
    const { since } = this.#standstill;
    this.#standstill = undefined;
    this.#acceptedAt.clear();
    const rate = this.#rateAt(now);
    const lastedMs = now - since;
    if (lastedMs < this.#windowMs) {
      this.#setRate(Math.min(RESTART_RATE, rate), RESTART, now, Math.max(1, rate * FAST_DECREASE), HOLD);
      return;
    }
    this.#growthWindowMs = this.#windowMs;
    let ceiling = rate;
    let beyondCeiling = SEARCH;
    if (lastedMs > LONG_RUN_WINDOWS * this.#windowMs) {
      const cycle = this.#longStandstill;
      if (cycle !== undefined && this.#busy(since) - cycle.at < CYCLE_RATIO * lastedMs) {
        this.#growthWindowMs = this.#busy(now) - cycle.at;
        const accepted = this.#acceptedTotal - cycle.acceptedTotal;
        ceiling = Math.min(rate, (accepted * this.#windowMs * MARGIN) / this.#growthWindowMs);
        beyondCeiling = HOLD;
      }
      this.#longStandstill = { at: this.#busy(now), acceptedTotal: this.#acceptedTotal };
    }
    this.#setRate(Math.min(RESTART_RATE, ceiling), RESTART, now, ceiling, beyondCeiling);
    this.#leastRate = 0;
    this.#measureFrom(since);
  }

  /** Whether the rate holds, so that the time since the milestone tells something about it. */
  #isSteady(now: number): boolean {
    const rate = this.#rateAt(now);
    return this.#growth === RESTART ? rate === this.#ceiling : this.#growth === HOLD && rate === this.#rate;
  }

  #measureFrom(at: number): void {
    this.#milestone = { at: this.#busy(at), acceptedTotal: this.#acceptedTotal };
  }

  #setRate(rate: number, growth: Growth, now: number, ceiling = Infinity, beyondCeiling = HOLD): void {
    this.#rate = rate;
    this.#growth = growth;
    this.#rateSince = this.#busy(now);
    this.#ceiling = ceiling;
    this.#beyondCeiling = beyondCeiling;
    this.#nextStart = this.#lastStart + this.#intervalMs(now);
    this.#decidedAt = now;
    this.#acceptedSinceDecision = 0;
  }

  #rateAt(now: number): number {
    const windows = (this.#busy(now) - this.#rateSince) / this.#growthWindowMs;
    const grown = grow(this.#rate, this.#growth, windows);
    if (grown <= this.#ceiling) return grown;
    const windowsToCeiling = Math.log(this.#ceiling / this.#rate) / Math.log(this.#growth.factor);
    return grow(this.#ceiling, this.#beyondCeiling, windows - this.#growth.holdWindows - windowsToCeiling);
  }

  #busy(now: number): number {
    return now - this.#idleMs;
  }

  #intervalMs(now: number): number {
    return this.#windowMs / this.#rateAt(now);
  }
}

function grow(rate: number, { holdWindows, factor }: Growth, windows: number): number {
  return windows > holdWindows ? rate * factor ** (windows - holdWindows) : rate;
}
