import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { forwardAbort } from './forward-abort.js';

describe('forwardAbort', () => {
  it('aborts the controller with the reason of the parent', () => {
    const parent = new AbortController();
    const child = new AbortController();
    forwardAbort(parent.signal, child);

    const reason = new Error('enough');
    parent.abort(reason);

    expect(child.signal.reason).toBe(reason);
  });

  it('aborts at once when the parent has aborted before', () => {
    const child = new AbortController();
    const reason = new Error('enough');

    forwardAbort(AbortSignal.abort(reason), child);

    expect(child.signal.reason).toBe(reason);
  });

  it('leaves the controller alone when undone, and the parent without a listener', () => {
    const parent = new AbortController();
    const child = new AbortController();

    forwardAbort(parent.signal, child)();
    parent.abort();

    expect(child.signal.aborted).toBe(false);
    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  });
});
