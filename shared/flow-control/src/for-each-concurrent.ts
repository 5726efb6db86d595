import { concurrentResults } from './concurrent-results.js';
import type { ConcurrencyOptions } from './concurrent-results.js';

/**
 * Runs `worker` for each item, up to `concurrency` at once, and waits for all. A slow item does not hold up the ones
 * after it. The first error aborts the others' signal, waits for them to end, and is thrown.
 *
 * @throws RangeError when `concurrency` is not a whole number from 1
 * @throws the first error of the source or of a worker
 *
 * @example
 * import { forEachConcurrent } from '@vendor-graph/flow-control';
 * let sum = 0;
 * await forEachConcurrent([1, 2, 3], async (n) => void (sum += n), { concurrency: 2 });
 *
 * sum; // => 6
 */
export async function forEachConcurrent<In>(
  source: Iterable<In> | AsyncIterable<In>,
  worker: (item: In, signal: AbortSignal) => Promise<void>,
  options: ConcurrencyOptions,
): Promise<void> {
  const done = concurrentResults(source, worker, options, false);
  while ((await done.next()).done !== true);
}
