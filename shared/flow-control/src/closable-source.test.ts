import { describe, expect, it } from 'vitest';
import { closableSource } from './closable-source.js';

/** Numbers from 0 whose source counts how often it is closed. */
function counting(onClose: () => unknown): AsyncIterable<number> {
  let next = 0;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: next >= 3, value: next++ }),
      return: async () => {
        await onClose();
        return { done: true as const, value: undefined };
      },
    }),
  };
}

describe('closableSource', () => {
  it('hands on what an iterable or an async iterable gives', async () => {
    const seen: number[] = [];

    for await (const item of closableSource([1, 2])) seen.push(item);
    for await (const item of closableSource(counting(() => undefined))) seen.push(item);

    expect(seen).toEqual([1, 2, 0, 1, 2]);
  });

  it('closes the source once, whoever asks for it', async () => {
    let closed = 0;
    const source = closableSource(counting(() => (closed += 1)));

    for await (const item of source) if (item === 1) break;
    await source.close();

    expect(closed).toBe(1);
  });

  it('waits until the source has cleaned up', async () => {
    const log: string[] = [];
    const source = closableSource(
      counting(async () => {
        await Promise.resolve();
        log.push('cleaned up');
      }),
    );

    await source.close();
    log.push('closed');

    expect(log).toEqual(['cleaned up', 'closed']);
  });

  it('does not close a source that has come to its end', async () => {
    let closed = 0;
    const source = closableSource(counting(() => (closed += 1)));

    const seen: number[] = [];
    for await (const item of source) seen.push(item);
    await source.close();

    expect([seen, closed]).toEqual([[0, 1, 2], 0]);
  });

  it('does not replace the outcome of the work by an error in closing', async () => {
    const source = closableSource(
      counting(() => {
        throw new Error('cannot close');
      }),
    );

    await expect(source.close()).resolves.toBeUndefined();
  });
});
