import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort } from './on-abort.js';

describe('onAbort', () => {
  it('calls the listener once, with the reason', () => {
    const controller = new AbortController();
    const reasons: Error[] = [];
    onAbort(controller.signal, (reason) => reasons.push(reason));

    const reason = new Error('enough');
    controller.abort(reason);

    expect(reasons).toEqual([reason]);
  });

  it('leaves nothing on the signal when undone', () => {
    const controller = new AbortController();

    const undo = onAbort(controller.signal, () => undefined);
    const before = getEventListeners(controller.signal, 'abort').length;
    undo();

    expect([before, getEventListeners(controller.signal, 'abort').length]).toEqual([1, 0]);
  });

  it('takes thousands of waiters on one signal without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', onWarning);
    const controller = new AbortController();

    for (let count = 0; count < 2_000; count++) onAbort(controller.signal, () => undefined);
    await new Promise(setImmediate);
    process.off('warning', onWarning);

    expect(warnings).toEqual([]);
  });

  it('needs no signal', () => {
    const undo = onAbort(undefined, () => undefined);

    expect(undo).not.toThrow();
  });
});
