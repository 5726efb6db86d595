import { setMaxListeners } from 'node:events';

/**
 * Calls `listener` with the signal's reason when it aborts. Answers a function that undoes it; call it when the work
 * ends, so that thousands of short jobs leave nothing on the signal of a long run (`AbortSignal.any` would).
 *
 * @param listener gets the reason, which callers make an Error by convention
 */
export function onAbort(signal: AbortSignal | undefined, listener: (reason: Error) => void): () => void {
  if (signal === undefined) return () => undefined;
  // Many waiters share the signal of a run, and each takes its listener away: Node's warning of a leak would be false.
  setMaxListeners(0, signal);
  const forward = (): void => {
    listener(signal.reason as Error);
  };
  signal.addEventListener('abort', forward, { once: true });
  return () => {
    signal.removeEventListener('abort', forward);
  };
}
