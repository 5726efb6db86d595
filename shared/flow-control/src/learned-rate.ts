import { RecentTimes } from './recent-times.js';

/** A limit learned from rejections is kept to with this margin. */
const MARGIN = 0.95;
/** A rejection at the learned rate lowers it at least to this part. */
const DECREASE = 0.95;
/** Windows without a rejection until a higher rate is tried. */
const HOLD_WINDOWS = 20;
/** From then on the rate grows by this factor a window. */
const GROWTH = 1.15;
/** After a standstill, starts in the first window, and windows in which the rate doubles. */
const RESTART_RATE = 4;
const RESTART_DOUBLING_WINDOWS = 0.25;
/** First pause of a standstill, in windows; it doubles with each vain attempt, up to the cap. */
const FIRST_PAUSE_WINDOWS = 0.25;
const LONGEST_PAUSE_MS = 60_000;
/** A rejection says more about the long run than about the last window when the last one is this many windows ago. */
const LONG_RUN_WINDOWS = 2;
/** Starts that come late (timers are coarse) are made up for, up to this time. */
const CATCH_UP_MS = 10;

/**
 * The rate that a server bears which rejects without telling its limit. Unlimited until the first rejection; then what
 * the server accepted in the window before a rejection, or in the long run between two rejections, is taken for its
 * limit, and starts are spaced evenly. When not even the next request is accepted, nothing but single attempts are made
 * until one is.
 */
export class LearnedRate {
  readonly #windowMs: number;
  readonly #acceptedAt = new RecentTimes();
  #acceptedTotal = 0;
  /** Starts per window; Infinity until the first rejection. */
  #rate = Infinity;
  #rateSince = -Infinity;
  /** While the rate doubles after a standstill: since when, and from which rate. */
  #restart: { at: number; rate: number } | undefined;
  #lastRejection: { at: number; decidedAt: number; acceptedTotal: number } | undefined;
  #standstill: { pauseMs: number; until: number; attemptAt: number | undefined } | undefined;
  #lastStandstill: { at: number; acceptedTotal: number } | undefined;
  #notBefore = -Infinity;
  #nextStart = -Infinity;
  #lastStart = -Infinity;
  #idleMs = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  opensAt(now: number): number {
    if (this.#standstill !== undefined) return this.#standstill.until;
    return Math.max(
      this.#notBefore,
      this.#lastStart + Math.min(this.#nextStart - this.#lastStart, this.#intervalMs(now)),
    );
  }

  start(now: number, waited: boolean): void {
    const intervalMs = this.#intervalMs(now);
    if (!waited && this.#lastStart > -Infinity) this.#idleMs += Math.max(0, now - this.#lastStart - intervalMs);
    this.#nextStart = Math.max(this.#nextStart, now - CATCH_UP_MS) + intervalMs;
    this.#lastStart = now;
    if (this.#standstill !== undefined) {
      this.#standstill.attemptAt ??= now;
      // Until the answer, nobody else; if none comes, another attempt.
      this.#standstill.until = now + Math.max(LONGEST_PAUSE_MS, this.#standstill.pauseMs);
    }
  }

  accepted(startedAt: number, now: number): void {
    this.#acceptedTotal++;
    this.#acceptedAt.forgetUntil(startedAt - this.#windowMs);
    this.#acceptedAt.push(startedAt);
    const attemptAt = this.#standstill?.attemptAt;
    if (attemptAt === undefined || startedAt < attemptAt) return;
    this.#standstill = undefined;
    this.#acceptedAt.clear();
    this.#acceptedAt.push(startedAt);
    this.#restart = { at: now, rate: Math.min(RESTART_RATE, this.#rate) };
    this.#rateSince = now;
  }

  rejected(startedAt: number, now: number): void {
    if (this.#standstill !== undefined) {
      const { attemptAt, pauseMs } = this.#standstill;
      if (attemptAt === undefined || startedAt < attemptAt) return;
      const longer = Math.min(pauseMs * 2, Math.max(LONGEST_PAUSE_MS, this.#windowMs));
      this.#standstill = { pauseMs: longer, until: now + longer, attemptAt: undefined };
      return;
    }
    const last = this.#lastRejection;
    if (last !== undefined && startedAt < last.decidedAt) return;
    const acceptedSince = this.#acceptedTotal - (last?.acceptedTotal ?? 0);
    if (last !== undefined && acceptedSince === 0) this.#standStill(now);
    else this.#slowDown(startedAt, now, acceptedSince);
    this.#lastRejection = { at: startedAt, decidedAt: now, acceptedTotal: this.#acceptedTotal };
    this.#idleMs = 0;
  }

  #slowDown(startedAt: number, now: number, acceptedSince: number): void {
    this.#acceptedAt.forgetUntil(startedAt - this.#windowMs);
    let estimate = this.#acceptedAt.size;
    const rate = this.#rateAt(now);
    if (rate < Infinity && this.#lastRejection !== undefined) {
      const elapsedMs = startedAt - this.#lastRejection.at - this.#idleMs;
      const longRun = (acceptedSince * this.#windowMs) / elapsedMs;
      const isLongRun = elapsedMs >= LONG_RUN_WINDOWS * this.#windowMs && this.#restart === undefined;
      estimate = isLongRun ? longRun : Math.max(estimate, longRun);
    }
    this.#rate = Math.min(Math.max(estimate, 1) * MARGIN, rate * DECREASE);
    this.#rateSince = now;
    this.#restart = undefined;
    // The window is full for the server too: go on when enough of what it accepted has left it.
    const filling = this.#acceptedAt.newest(Math.max(1, Math.floor(this.#rate)));
    if (filling !== undefined) this.#notBefore = filling + this.#windowMs;
    this.#nextStart = now;
  }

  #standStill(now: number): void {
    const previous = this.#lastStandstill;
    if (previous !== undefined) {
      const longRun = ((this.#acceptedTotal - previous.acceptedTotal) * this.#windowMs) / (now - previous.at);
      this.#rate = Math.min(this.#rate, longRun * MARGIN);
    }
    this.#lastStandstill = { at: now, acceptedTotal: this.#acceptedTotal };
    const pauseMs = FIRST_PAUSE_WINDOWS * this.#windowMs;
    this.#standstill = { pauseMs, until: now + pauseMs, attemptAt: undefined };
  }

  #rateAt(now: number): number {
    if (this.#restart !== undefined) {
      const doublings = (now - this.#restart.at) / (RESTART_DOUBLING_WINDOWS * this.#windowMs);
      const restarting = this.#restart.rate * 2 ** doublings;
      if (restarting < this.#rate) return restarting;
    }
    const growing = (now - this.#rateSince) / this.#windowMs - HOLD_WINDOWS;
    return growing > 0 ? this.#rate * GROWTH ** growing : this.#rate;
  }

  #intervalMs(now: number): number {
    return this.#windowMs / this.#rateAt(now);
  }
}
