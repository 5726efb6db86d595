import { describe, expect, it } from 'vitest';
import { atMost, untilAborted } from './until-aborted.js';

const never = new Promise<never>(() => undefined);

describe('untilAborted', () => {
  it('is the result of the work', async () => {
    expect(await untilAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
  });

  it('throws what the work throws', async () => {
    await expect(untilAborted(Promise.reject(new Error('x')), new AbortController().signal)).rejects.toThrow('x');
  });

  it('throws the reason as soon as it is aborted', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);

    controller.abort(new Error('stop'));

    await expect(waiting).rejects.toThrow('stop');
  });

  it('throws the reason when it was aborted before', async () => {
    await expect(untilAborted(never, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('atMost', () => {
  it.each([
    ['ends', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('ignored'))],
    ['never ends', () => never],
  ])('comes back when the work %s', async (_how, work) => {
    await expect(atMost(1, work())).resolves.toBeUndefined();
  });
});
