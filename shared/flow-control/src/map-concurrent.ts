import { concurrentResults } from './concurrent-results.js';
import type { ConcurrencyOptions } from './concurrent-results.js';

/**
 * Maps items with up to `concurrency` mappers at once and yields the results in source order. Takes no more items from
 * the source than that ahead of the consumer (back-pressure). When the consumer stops, or something fails, the mappers'
 * signal aborts, those under way are waited for, and the source is closed.
 *
 * @throws RangeError at the call when `concurrency` is not a whole number from 1
 * @throws what the source or a mapper throws, after the results before it have been yielded
 *
 * @example
 * import { mapConcurrent } from '@vendor-graph/flow-control';
 * const squares: number[] = [];
 * for await (const square of mapConcurrent([1, 2, 3], async (n) => n * n, { concurrency: 2 })) squares.push(square);
 *
 * squares; // => [1, 4, 9]
 */
export function mapConcurrent<In, Out>(
  source: Iterable<In> | AsyncIterable<In>,
  mapper: (item: In, signal: AbortSignal) => Promise<Out>,
  options: ConcurrencyOptions,
): AsyncGenerator<Out, void, undefined> {
  return concurrentResults(source, mapper, options, true);
}
