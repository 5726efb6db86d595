import { AsyncLocalStorage } from 'node:async_hooks';

const currentSteps = new AsyncLocalStorage<string>();

/** Runs work as a part of a step: whatever it starts, requests too, knows the step by `currentStep`. */
export function inStep<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
  return currentSteps.run(step, work);
}

/** The step that the caller is a part of. */
export function currentStep(): string | undefined {
  return currentSteps.getStore();
}
