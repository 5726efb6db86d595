import { pMapIterable } from 'p-map';
import { abortOnReturn } from './abort-on-return.js';
import { closableSource } from './closable-source.js';
import type { ClosableSource } from './closable-source.js';
import { forwardAbort } from './forward-abort.js';
import { onAbort } from './on-abort.js';

/** Options of the functions that work on several items at once. */
export interface ConcurrencyOptions {
  /** Items worked on at the same time, at most; a whole number from 1. */
  concurrency: number;
  /** Stops the work: the functions under way see it, no further one starts, and the caller gets its reason. */
  signal?: AbortSignal;
}

/**
 * Runs a job for each item, up to `concurrency` at once, and yields what they return, in source order or as they come.
 * However it ends, the jobs' signal aborts, the source is closed, and nothing is pending afterwards.
 */
export function concurrentResults<In, Out>(
  source: Iterable<In> | AsyncIterable<In>,
  job: (item: In, signal: AbortSignal) => Promise<Out>,
  options: ConcurrencyOptions,
  preserveOrder: boolean,
): AsyncGenerator<Out, void, undefined> {
  const { concurrency } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`concurrency must be a whole number from 1, got ${concurrency}`);
  }
  const stop = new AbortController();
  return abortOnReturn(results(closableSource(source), job, options, preserveOrder, stop), stop);
}

async function* results<In, Out>(
  source: ClosableSource<In>,
  job: (item: In, signal: AbortSignal) => Promise<Out>,
  { concurrency, signal }: ConcurrencyOptions,
  preserveOrder: boolean,
  stop: AbortController,
): AsyncGenerator<Out, void, undefined> {
  const running = new Set<Promise<Out>>();
  // Boxed, because p-map gives a meaning to some values.
  const boxed = async (item: In): Promise<{ out: Out }> => {
    const promise = job(item, stop.signal);
    running.add(promise);
    try {
      return { out: await promise };
    } finally {
      running.delete(promise);
    }
  };
  let interrupt: ((reason: Error) => void) | undefined;
  onAbort(stop.signal, (reason) => interrupt?.(reason));
  const unlink = forwardAbort(signal, stop);
  const iterator = pMapIterable(source, boxed, { concurrency, preserveOrder })[Symbol.asyncIterator]();

  try {
    for (;;) {
      stop.signal.throwIfAborted();
      const result = await new Promise<IteratorResult<{ out: Out }, unknown>>((resolve, reject) => {
        // Not Promise.race: that would hang one more reaction on the same promise for each item.
        interrupt = reject;
        iterator.next().then(resolve, reject);
      });
      if (result.done === true) return;
      yield result.value.out;
    }
  } finally {
    unlink();
    stop.abort();
    void iterator.return?.();
    const closed = source.close();
    await Promise.allSettled(running);
    // A source that is stuck must not hold up a caller who gave the signal to stop.
    if (signal?.aborted !== true) await closed;
  }
}
