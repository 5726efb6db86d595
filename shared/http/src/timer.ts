import type { Clock } from '@vendor-graph/flow-control';

const STOPPED = Symbol('stopped');

/** Calls `expire` after `ms`, unless the returned function is called before. */
export function startTimer(clock: Clock, ms: number, expire: () => void): () => void {
  const stop = new AbortController();
  clock.sleep(ms, stop.signal).then(
    () => {
      // It may be stopped in the very moment in which its time is over.
      if (!stop.signal.aborted) expire();
    },
    () => undefined,
  );
  return () => {
    // A reason of our own saves the making of an error that nobody sees.
    stop.abort(STOPPED);
  };
}
