import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../progress/progress-event.js';
import { currentStep } from './step-context.js';
import { StepObserver } from './step-observer.js';

type Wrapper = ReturnType<StepObserver['wrap']>;
const step = (id: string): Parameters<Wrapper>[0] => ({
  step: { id, name: id.toUpperCase(), entities: [], relationships: [], executionHandler: () => undefined },
});
const describeError = (error: unknown): string => (error as Error).message;

function observed({ signal = new AbortController().signal, followsRequests = true } = {}): {
  events: ProgressEvent[];
  observer: StepObserver;
  starts: () => number;
} {
  const events: ProgressEvent[] = [];
  let starts = 0;
  const observer = new StepObserver(
    (event) => events.push(event),
    () => (starts += 1),
    signal,
    followsRequests,
  );
  return { events, observer, starts: () => starts };
}

const MS = expect.any(Number) as number;

describe('StepObserver', () => {
  it('tells when a step starts and ends, and lets its work know the step', async () => {
    const { events, observer } = observed();
    let inside: string | undefined;

    await observer.wrap(undefined, describeError)(step('a'), async () => {
      inside = currentStep();
    });

    expect(inside).toBe('a');
    expect(events).toEqual([
      { type: 'step-start', step: 'a', name: 'A' },
      { type: 'step-end', step: 'a', status: 'success', durationMs: MS },
    ]);
    expect(observer.unfinished).toEqual([{ id: 'a', status: 'success', durationMs: MS }]);
  });

  it('does not let its work know the step where nobody asks', async () => {
    const { events, observer } = observed({ followsRequests: false });
    let inside: string | undefined;

    await observer.wrap(undefined, describeError)(step('a'), async () => {
      inside = currentStep();
    });

    expect(inside).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['step-start', 'step-end']);
  });

  it('keeps why a step failed, and lets the SDK see the error', async () => {
    const { events, observer } = observed();

    const running = observer.wrap(undefined, describeError)(step('a'), () => Promise.reject(new Error('why')));

    await expect(running).rejects.toThrow('why');
    expect(observer.errorOf('a')).toBe('why');
    expect(events[1]).toEqual({ type: 'step-end', step: 'a', status: 'failure', durationMs: MS, error: 'why' });
  });

  it('does not take the end of an interrupted run for a failure', async () => {
    const controller = new AbortController();
    const { events, observer } = observed({ signal: controller.signal });

    const running = observer.wrap(undefined, describeError)(step('a'), async () => {
      controller.abort();
      throw new Error('closed');
    });

    await expect(running).rejects.toThrow('closed');
    expect(events[1]).toEqual({ type: 'step-end', step: 'a', status: 'interrupted', durationMs: MS });
    expect(observer.errorOf('a')).toBeUndefined();
  });

  it('says which steps were under way', () => {
    const { observer } = observed();

    void observer.wrap(undefined, describeError)(step('a'), () => new Promise(() => undefined));

    expect(observer.isAnyRunning).toBe(true);
    expect(observer.unfinished).toEqual([{ id: 'a', status: 'interrupted', durationMs: MS }]);
  });

  it('tells the first step of each graph of steps', async () => {
    const { observer, starts } = observed();
    const wrapped = observer.wrap(undefined, describeError);

    await Promise.all([wrapped(step('a'), async () => undefined), wrapped(step('b'), async () => undefined)]);
    await wrapped(step('c'), async () => undefined);

    expect(starts()).toBe(2);
  });

  it("keeps the vendor's own wrapper", async () => {
    const { observer } = observed();
    const order: string[] = [];
    const own: Wrapper = async (_details, run) => {
      order.push('before');
      await run();
    };

    await observer.wrap(own, describeError)(step('a'), async () => {
      order.push('step');
    });

    expect(order).toEqual(['before', 'step']);
  });
});
