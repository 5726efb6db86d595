import { setMaxListeners } from 'node:events';
import type { Clock } from '@vendor-graph/flow-control';
import { ConnectionError } from './errors/connection-error.js';
import { TimeoutError } from './errors/timeout-error.js';

/** The total time of a call is over. */
const DEADLINE = Symbol('deadline');
/** The client was closed while the call was under way. */
const CLIENT_CLOSED = Symbol('client closed');

/** What ends a call from outside: the caller's signal, its total time, the end of the client. */
export class CallScope {
  /** How often the request was sent. */
  attempts = 0;
  /** A connection broke under an attempt, or its answer was corrupt. Others that are idle may have broken as well. */
  connectionBroke = false;
  readonly #abort = new AbortController();
  readonly #cleanUp: (() => void)[] = [];
  readonly #deadlineMs: number;

  constructor(
    private readonly clock: Clock,
    private readonly endpoint: string,
    private readonly totalMs: number | undefined,
    private readonly callerSignal: AbortSignal | undefined,
    private readonly openCalls: Set<CallScope>,
  ) {
    this.#deadlineMs = clock.monotonic() + (totalMs ?? Infinity);
    openCalls.add(this);
    if (callerSignal !== undefined) {
      // One signal for hundreds of requests at once is ordinary use, not the leak that Node would warn of.
      setMaxListeners(0, callerSignal);
      this.#cleanUp.push(
        onAbort(callerSignal, () => {
          this.#abort.abort(callerSignal.reason);
        }),
      );
    }
    if (totalMs !== undefined) {
      this.#cleanUp.push(
        clock.after(totalMs, () => {
          this.#abort.abort(DEADLINE);
        }),
      );
    }
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Of the total time; Infinity without one. */
  get remainingMs(): number {
    return this.#deadlineMs - this.clock.monotonic();
  }

  /** Throws what the call ends with when it was ended from outside. */
  throwIfEnded(): void {
    if (!this.signal.aborted) return;
    const { endpoint, attempts } = this;
    const common = { endpoint, attempts };
    if (this.signal.reason === DEADLINE) {
      throw new TimeoutError(
        `${endpoint} took longer than the ${String(this.totalMs)} ms that one call may take in all (sent ${timesOf(attempts)})`,
        { ...common, code: 'TOTAL_TIMEOUT', retriesExhausted: true },
      );
    }
    if (this.signal.reason === CLIENT_CLOSED) {
      throw new ConnectionError(`${endpoint} was given up because the client was closed`, {
        ...common,
        code: 'CLIENT_CLOSED',
        retriesExhausted: false,
      });
    }
    // The caller's own reason, whatever it is, goes back unchanged.
    this.callerSignal?.throwIfAborted();
  }

  /** Does work that does not listen to a signal, and waits for it until the call is ended at most. */
  async race<T>(begin: () => T | Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    const work = begin();
    if (!(work instanceof Promise)) return work;
    let stop: (() => void) | undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      stop = onAbort(this.signal, () => {
        reject(new Error('the call was ended'));
      });
    });
    try {
      return await Promise.race([work, ended]);
    } finally {
      stop?.();
    }
  }

  /** Ends the call because its client is closed. */
  endWithClient(): void {
    this.#abort.abort(CLIENT_CLOSED);
  }

  dispose(): void {
    this.openCalls.delete(this);
    for (const cleanUp of this.#cleanUp.splice(0)) cleanUp();
  }
}

function timesOf(attempts: number): string {
  return attempts === 1 ? 'once' : `${attempts} times`;
}

/** Calls `act` when the signal is aborted, at once if it is; the returned function ends that. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) {
    act();
    return () => undefined;
  }
  signal.addEventListener('abort', act, { once: true });
  return () => {
    signal.removeEventListener('abort', act);
  };
}
