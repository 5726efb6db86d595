import type { RunStatus } from '../collect/run-status.js';
import type { Phase, ProgressEvent } from './progress-event.js';

/** A step that has started. */
export interface StepProgress {
  id: string;
  name: string;
  /** Of the clock that the events are told with. */
  startedAt: number;
  objects: number;
  /** What the step's requests wait for. */
  wait?: { reason: 'rate-limit' | 'backoff'; untilMs: number };
  end?: { status: string; durationMs: number; error?: string };
}

/** Where a run stands, made from its events. */
export class RunProgress {
  phase: Phase = 'preparing';
  requests = 0;
  end?: { status: RunStatus; durationMs: number };
  readonly #steps = new Map<string, StepProgress>();

  get steps(): readonly StepProgress[] {
    return [...this.#steps.values()];
  }

  get running(): readonly StepProgress[] {
    return this.steps.filter(({ end }) => end === undefined);
  }

  step(id: string): StepProgress | undefined {
    return this.#steps.get(id);
  }

  /** @param now ms since the epoch. */
  apply(event: ProgressEvent, now: number): void {
    switch (event.type) {
      case 'phase':
        this.phase = event.phase;
        break;
      case 'step-start':
        this.#steps.set(event.step, { id: event.step, name: event.name, startedAt: now, objects: 0 });
        break;
      case 'objects': {
        const step = this.#steps.get(event.step);
        if (step !== undefined) step.objects += event.added;
        break;
      }
      case 'request': {
        this.requests += 1;
        // It waited, and now it is sent.
        for (const step of this.#perhaps(event.step)) delete step.wait;
        break;
      }
      case 'wait': {
        const { reason, untilMs } = event;
        const steps = this.#perhaps(event.step);
        // One of several waits before it tries again, and it is not known which.
        if (reason === 'backoff' && steps.length > 1) break;
        for (const step of steps) step.wait = { reason, untilMs };
        break;
      }
      case 'step-end': {
        const { status, durationMs, error } = event;
        const step = this.#steps.get(event.step);
        if (step !== undefined) step.end = { status, durationMs, ...(error !== undefined && { error }) };
        break;
      }
      case 'end':
        this.end = { status: event.status, durationMs: event.durationMs };
        break;
      case 'notice':
        break;
    }
  }

  /** The step, or those that it may be: the requests of all of them wait for the vendor's limit together. */
  #perhaps(id: string | undefined): readonly StepProgress[] {
    if (id === undefined) return this.running;
    const step = this.#steps.get(id);
    return step === undefined ? [] : [step];
  }
}
