import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import type { ProgressEvent } from '../progress/progress-event.js';
import type { StepReport } from './collect-report.js';
import { inStep } from './step-context.js';

type StepWrapper = NonNullable<IntegrationInvocationConfig['executionHandlerWrapper']>;

/** Sees each step begin and end, and keeps why one failed: the SDK's results do not say. */
export class StepObserver {
  readonly #onEvent: (event: ProgressEvent) => void;
  readonly #onFirstStart: () => void;
  readonly #signal: AbortSignal;
  readonly #followsRequests: boolean;
  readonly #errors = new Map<string, string>();
  readonly #reports = new Map<string, StepReport>();
  readonly #running = new Map<string, number>();

  /**
   * @param onFirstStart called when a step starts while none runs, i.e. before each of the SDK's step graphs.
   * @param signal aborted when the run is interrupted: what steps say then about closed connections is no failure.
   * @param followsRequests whether what a step starts is to know the step.
   */
  constructor(
    onEvent: (event: ProgressEvent) => void,
    onFirstStart: () => void,
    signal: AbortSignal,
    followsRequests: boolean,
  ) {
    this.#onEvent = onEvent;
    this.#onFirstStart = onFirstStart;
    this.#signal = signal;
    this.#followsRequests = followsRequests;
  }

  get isAnyRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Why a step failed. */
  errorOf(step: string): string | undefined {
    return this.#errors.get(step);
  }

  /** The steps as far as they came, for a run that never got results. */
  get unfinished(): StepReport[] {
    const now = performance.now();
    const interrupted = [...this.#running].map(([id, startedAt]) => ({
      id,
      status: 'interrupted',
      durationMs: Math.round(now - startedAt),
    }));
    return [...this.#reports.values(), ...interrupted];
  }

  /** Goes around each step, and around the wrapper that the vendor has for itself. */
  wrap(original: StepWrapper | undefined, describe: (error: unknown) => string): StepWrapper {
    return async (details, run) => {
      const { id, name } = details.step;
      if (!this.isAnyRunning) this.#onFirstStart();
      const startedAt = performance.now();
      this.#running.set(id, startedAt);
      this.#onEvent({ type: 'step-start', step: id, name });
      const end = (status: string, error?: string): void => {
        const durationMs = Math.round(performance.now() - startedAt);
        this.#running.delete(id);
        this.#reports.set(id, { id, status, durationMs, ...(error !== undefined && { error }) });
        this.#onEvent({ type: 'step-end', step: id, status, durationMs, ...(error !== undefined && { error }) });
      };
      try {
        const work = async (): Promise<void> => (original === undefined ? run() : original(details, run));
        await (this.#followsRequests ? inStep(id, work) : work());
      } catch (error) {
        if (this.#signal.aborted) {
          end('interrupted');
          throw error;
        }
        const message = describe(error);
        this.#errors.set(id, message);
        end('failure', message);
        throw error;
      }
      end('success');
    };
  }
}
