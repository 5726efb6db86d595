import type { Clock } from './clock.js';
import type { SharedLimit } from './rate-limit-store.js';
import { SlidingWindow } from './sliding-window.js';

/** How long a store that could not be reached is left alone. */
const STORE_RETRY_MS = 5_000;

/**
 * The place in a window that is shared with other processes, reserved for the next start. One place is reserved at a
 * time, so that processes take turns. Without the store it keeps to its fair share of the window, by its own count; for
 * one window after the store's return to both, because the store has not counted what was started meanwhile.
 */
export class SharedWindow {
  readonly #shared: SharedLimit;
  readonly #own: SlidingWindow;
  readonly #clock: Clock;
  #sharers = 1;
  #reservedAt: number | undefined;
  #isAsking = false;
  #isAlone = false;
  #askAgainAt = -Infinity;
  #fairUntil = -Infinity;

  constructor(shared: SharedLimit, limit: number, windowMs: number, clock: Clock) {
    this.#shared = shared;
    this.#own = new SlidingWindow(limit, windowMs);
    this.#clock = clock;
  }

  /** When the next start is permitted; undefined while that is not known: {@link ask}. */
  opensAt(now: number): number | undefined {
    if (this.#isAlone || now < this.#fairUntil) {
      const opensAt = this.#own.opensAt(this.#fairShare);
      // A place is not reserved before it can be used: at a later time it would be worth nothing.
      if (opensAt > now || (this.#isAlone && now < this.#askAgainAt)) return opensAt;
    }
    return this.#reservedAt;
  }

  /** Reserves a place, unless that is under way; calls back when {@link opensAt} knows more. */
  ask(onAnswer: () => void): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { store, key } = this.#shared;
    const { limit, windowMs } = this.#own;
    store
      .reserve(key, limit, windowMs)
      .then(
        ({ waitMs, sharers }) => {
          this.#sharers = Math.max(1, sharers);
          this.#reservedAt = this.#clock.monotonic() + waitMs;
          this.#cameBack();
        },
        () => {
          this.#askAgainAt = this.#clock.monotonic() + STORE_RETRY_MS;
          this.#wentAway();
        },
      )
      .finally(() => {
        this.#isAsking = false;
        onAnswer();
      });
  }

  start(now: number): void {
    this.#own.start(now);
    this.#reservedAt = undefined;
  }

  /** Gives the reserved place up: a start at a later time has no right to it. */
  forget(): void {
    this.#reservedAt = undefined;
  }

  get #fairShare(): number {
    return Math.max(1, Math.floor(this.#own.limit / this.#sharers));
  }

  #wentAway(): void {
    if (this.#isAlone) return;
    this.#isAlone = true;
    this.#shared.onAlone?.(this.#fairShare);
  }

  #cameBack(): void {
    if (!this.#isAlone) return;
    this.#isAlone = false;
    this.#fairUntil = this.#clock.monotonic() + this.#own.windowMs;
    this.#shared.onTogether?.();
  }
}
