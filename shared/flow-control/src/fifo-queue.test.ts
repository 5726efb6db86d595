import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FifoQueue } from './fifo-queue.js';
import type { QueueEntry } from './fifo-queue.js';

describe('FifoQueue', () => {
  it('is empty at first', () => {
    const queue = new FifoQueue<string>();

    expect([queue.size, queue.shift()]).toEqual([0, undefined]);
  });

  it('removes an entry once, and not after it has left', () => {
    const queue = new FifoQueue<string>();
    const first = queue.push('first');
    const second = queue.push('second');

    expect([queue.remove(second), queue.remove(second)]).toEqual([true, false]);
    expect([queue.shift(), queue.remove(first), queue.size]).toEqual(['first', false, 0]);
  });

  it('behaves like an array, whatever is pushed, shifted and removed', () => {
    const commands = fc.array(fc.oneof(fc.constantFrom('push' as const, 'shift' as const), fc.nat(20)), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(commands, (steps) => {
        const queue = new FifoQueue<number>();
        let model: QueueEntry<number>[] = [];
        let next = 0;
        for (const step of steps) {
          if (step === 'push') {
            model.push(queue.push(next++));
          } else if (step === 'shift') {
            expect(queue.shift()).toBe(model.shift()?.value);
          } else {
            const entry = model[step];
            if (entry === undefined) continue;
            expect(queue.remove(entry)).toBe(true);
            model = model.filter((other) => other !== entry);
          }
          expect(queue.size).toBe(model.length);
        }
        expect(Array.from({ length: model.length }, () => queue.shift())).toEqual(model.map(({ value }) => value));
      }),
      { seed: 1 },
    );
  });
});
