import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressEvent } from '../progress/progress-event.js';
import { coalesced } from './coalesced-events.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('coalesced', () => {
  it('sums up objects and holds requests back for a fifth of a second', () => {
    const sent: ProgressEvent[] = [];
    const { push } = coalesced((event) => sent.push(event));

    push({ type: 'objects', step: 'a', added: 2 });
    push({ type: 'objects', step: 'b', added: 1 });
    push({ type: 'objects', step: 'a', added: 3 });
    push({ type: 'request', step: 'a' });
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(200);

    expect(sent).toEqual([
      { type: 'objects', step: 'a', added: 5 },
      { type: 'objects', step: 'b', added: 1 },
      { type: 'request', step: 'a' },
    ]);
  });

  it('sends what it holds before an event that it does not hold', () => {
    const sent: ProgressEvent[] = [];
    const { push } = coalesced((event) => sent.push(event));

    push({ type: 'objects', step: 'a', added: 2 });
    push({ type: 'step-end', step: 'a', status: 'success', durationMs: 1 });

    expect(sent.map(({ type }) => type)).toEqual(['objects', 'step-end']);
  });

  it('sends the rest at the end, once', () => {
    const sent: ProgressEvent[] = [];
    const { push, flush } = coalesced((event) => sent.push(event));

    push({ type: 'objects', step: 'a', added: 2 });
    flush();
    vi.advanceTimersByTime(1000);

    expect(sent).toEqual([{ type: 'objects', step: 'a', added: 2 }]);
  });
});
