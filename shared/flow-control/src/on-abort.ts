/** Who listens to a signal, so that the signal itself has one listener of ours, however many wait for it. */
const listeners = new WeakMap<AbortSignal, Set<(reason: Error) => void>>();

/**
 * Calls `listener` with the signal's reason when it aborts. Answers a function that undoes it; call it when the work
 * ends, so that thousands of short jobs leave nothing on the signal of a long run (`AbortSignal.any` would). Both take
 * constant time, also with thousands of waiters on one signal, where the signal's own list of listeners is searched.
 *
 * @param listener gets the reason, which callers make an Error by convention
 */
export function onAbort(signal: AbortSignal | undefined, listener: (reason: Error) => void): () => void {
  if (signal === undefined) return () => undefined;
  const waiting = listeners.get(signal) ?? listenTo(signal);
  const entry = (reason: Error): void => {
    listener(reason);
  };
  waiting.add(entry);
  return () => {
    waiting.delete(entry);
    if (waiting.size > 0 || listeners.get(signal) !== waiting) return;
    listeners.delete(signal);
    signal.removeEventListener('abort', notify);
  };
}

function listenTo(signal: AbortSignal): Set<(reason: Error) => void> {
  const waiting = new Set<(reason: Error) => void>();
  listeners.set(signal, waiting);
  signal.addEventListener('abort', notify, { once: true });
  return waiting;
}

function notify(this: AbortSignal): void {
  const waiting = listeners.get(this) ?? [];
  listeners.delete(this);
  for (const listener of waiting) listener(this.reason as Error);
}
