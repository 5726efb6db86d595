import { checkTime, sleepBy, type Clock } from './clock.js';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** Turns of the event loop without news after which work counts as waiting for time alone. */
const QUIET_TURNS = 5;

/** A clock that stands still until it is told to go on; sleeping on it takes no real time. For tests. */
export class VirtualClock implements Clock {
  readonly #startEpochMs: number;
  /** By due time, then by when they fell asleep. */
  readonly #sleepers: Sleeper[] = [];
  #elapsed = 0;

  /** @param startEpochMs what `now()` tells at the start; default 2024-01-01T00:00:00Z */
  constructor(startEpochMs = Date.UTC(2024, 0, 1)) {
    this.#startEpochMs = startEpochMs;
  }

  /** Sleeps and timers that have neither ended nor been cancelled. */
  get pendingSleeps(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#startEpochMs + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, act: () => void): () => void {
    checkTime(ms);
    const sleeper: Sleeper = { due: this.#elapsed + Math.max(0, ms), wake: act };
    this.#add(sleeper);
    return () => {
      this.#remove(sleeper);
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepBy(this, ms, signal);
  }

  /** Lets `ms` pass: wakes who is due on the way, in order, and lets each one's continuations run before the next. */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`time does not go back: advance(${ms})`);
    const end = this.#elapsed + ms;
    await turns(QUIET_TURNS);
    while (this.#nextDue() <= end) {
      this.#wakeNext();
      await turns(this.#quietTurns());
    }
    this.#elapsed = end;
  }

  /**
   * Runs work to its end: whenever nothing but sleepers is left, jumps to the next one's time.
   *
   * @param options.busy tells whether something is under way that takes no virtual time but real time, such as a request
   *   on a loopback socket; the clock stands still meanwhile
   */
  async run<T>(work: () => Promise<T>, { busy = () => false }: { busy?: () => boolean } = {}): Promise<T> {
    let done = false;
    const result = work().finally(() => {
      done = true;
    });
    result.catch(() => undefined);
    while (!(await this.#settled(() => done, busy))) this.#wakeNext();
    return result;
  }

  /** Waits until the work is done (true) or waits for a sleeper (false). */
  #settled(isDone: () => boolean, busy: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      let quiet = 0;
      const look = (): void => {
        if (isDone()) {
          resolve(true);
          return;
        }
        quiet = busy() || this.#nextDue() === Infinity ? 0 : quiet + 1;
        if (quiet >= this.#quietTurns()) resolve(false);
        else setImmediate(look);
      };
      setImmediate(look);
    });
  }

  #nextDue(): number {
    return this.#sleepers[0]?.due ?? Infinity;
  }

  /** Who is due at this very moment needs not wait until all is quiet, only until the one before has had its turn. */
  #quietTurns(): number {
    return this.#nextDue() <= this.#elapsed ? 1 : QUIET_TURNS;
  }

  #wakeNext(): void {
    const sleeper = this.#sleepers.shift();
    if (sleeper === undefined) return;
    this.#elapsed = Math.max(this.#elapsed, sleeper.due);
    sleeper.wake();
  }

  #add(sleeper: Sleeper): void {
    let low = 0;
    let high = this.#sleepers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sleepers[middle]?.due ?? Infinity) <= sleeper.due) low = middle + 1;
      else high = middle;
    }
    this.#sleepers.splice(low, 0, sleeper);
  }

  #remove(sleeper: Sleeper): void {
    const index = this.#sleepers.indexOf(sleeper);
    if (index >= 0) this.#sleepers.splice(index, 1);
  }
}

function turns(count: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number): void => {
      if (left === 0) resolve();
      else setImmediate(next, left - 1);
    };
    next(count);
  });
}
