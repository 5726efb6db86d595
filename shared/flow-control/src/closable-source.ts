/** A source that can be closed by name, whatever reads it. */
export interface ClosableSource<Item> extends AsyncIterable<Item> {
  /** Tells the source that nobody reads on, at once, and waits until it has cleaned up. Does it once. */
  close(): Promise<void>;
}

/**
 * Wraps a source so that its end can be waited for: who reads a source with p-map learns nothing of its closing, and a
 * page that is being fetched would outlive the loop.
 */
export function closableSource<Item>(source: Iterable<Item> | AsyncIterable<Item>): ClosableSource<Item> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let finished = false;
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    if (finished) return;
    try {
      await iterator.return?.();
    } catch {
      // The work has ended already, well or with an error of its own, which must not be replaced by this one.
    }
  };

  return {
    close: () => (closing ??= close()),
    [Symbol.asyncIterator]() {
      return {
        next: async () => {
          try {
            const result = await iterator.next();
            finished ||= result.done === true;
            return result;
          } catch (error) {
            finished = true;
            throw error;
          }
        },
        return: async () => {
          await (closing ??= close());
          return { done: true, value: undefined };
        },
      };
    },
  };
}
