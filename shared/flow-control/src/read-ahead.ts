import { abortOnReturn } from './abort-on-return.js';
import { forwardAbort } from './forward-abort.js';
import type { PaginationOptions } from './pagination-options.js';

/**
 * Yields the pages of `open(signal)` that are not empty, and fetches up to `prefetch` pages ahead while the consumer
 * works on the current one. When the consumer stops, the signal aborts and the pages under way are waited for (not
 * used), so nothing is pending afterwards.
 *
 * @throws RangeError at the call when `prefetch` is not a whole number from 0
 */
export function readAhead<Item>(
  open: (signal: AbortSignal) => AsyncGenerator<readonly Item[], void, undefined>,
  { prefetch = 1, signal }: PaginationOptions = {},
): AsyncGenerator<readonly Item[], void, undefined> {
  if (!Number.isInteger(prefetch) || prefetch < 0) {
    throw new RangeError(`prefetch must be a whole number from 0, got ${prefetch}`);
  }
  const stop = new AbortController();
  return abortOnReturn(pagesAhead(open(stop.signal), prefetch, stop, signal), stop);
}

async function* pagesAhead<Item>(
  source: AsyncGenerator<readonly Item[], void, undefined>,
  prefetch: number,
  stop: AbortController,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[], void, undefined> {
  const ahead: ReturnType<typeof source.next>[] = [];
  const unlink = forwardAbort(signal, stop);
  let ended = false;
  try {
    for (;;) {
      const result = await (ahead.shift() ?? source.next());
      ended = result.done === true;
      if (result.done === true) return;
      while (ahead.length < prefetch) ahead.push(handled(source.next()));
      stop.signal.throwIfAborted();
      if (result.value.length > 0) yield result.value;
      stop.signal.throwIfAborted();
    }
  } catch (error) {
    // Whatever an aborted fetch rejects with, the caller gets the reason that it gave itself.
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    unlink();
    // At the end nothing is under way, and to abort means to make an error.
    if (!ended) stop.abort();
    await Promise.allSettled(ahead);
    await source.return();
  }
}

/** A page that fails ahead of its turn is not an unhandled rejection: the error is thrown when its turn comes. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
