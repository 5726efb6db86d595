import { StepResultStatus } from '@jupiterone/integration-sdk-core';
import { expect } from 'vitest';
import { keysByType, type GraphObject } from './graph.js';
import type { SimulatedRun } from './simulated-run.js';

/** What a step or a validation may end with, as users see it. */
const TYPED_ERRORS = [
  'CONFIG_VALIDATION_ERROR',
  'PROVIDER_API_ERROR',
  'PROVIDER_AUTHENTICATION_ERROR',
  'PROVIDER_AUTHORIZATION_ERROR',
  'PROVIDER_RETRIES_EXCEEDED_ERROR',
];

/** Types that JupiterOne keeps although the graph lacks some of their objects. */
const FAILED: readonly string[] = [
  StepResultStatus.FAILURE,
  StepResultStatus.PARTIAL_SUCCESS_DUE_TO_DEPENDENCY_FAILURE,
];

/**
 * What must hold for a collection whatever happened to it: of each type that is not named partial, exactly the objects of
 * the undisturbed graph; of partial types none that does not exist; each error typed, with the endpoint in its message;
 * nothing at all when the validation failed.
 *
 * @param undisturbed graph of the same data without a fault
 */
export function expectNothingLost(run: SimulatedRun, undisturbed: readonly GraphObject[]): void {
  const { steps, refusal, partialTypes, graph } = run;
  if (refusal !== undefined) {
    expectTyped(refusal);
    expect(graph).toEqual([]);
    return;
  }
  const failed = Object.entries(steps).filter(([, { status }]) => FAILED.includes(status));
  for (const [, { error, declaredTypes, status }] of failed) {
    if (status === StepResultStatus.FAILURE) expectTyped(error);
    expect(declaredTypes.filter((type) => !partialTypes.has(type))).toEqual([]);
  }

  const expected = keysByType(undisturbed);
  const found = keysByType(graph);
  for (const type of new Set([...expected.keys(), ...found.keys()])) {
    const keys = found.get(type) ?? [];
    const known = expected.get(type) ?? [];
    if (!partialTypes.has(type)) expect({ type, keys }).toEqual({ type, keys: known });
    else expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  }
}

function expectTyped(error: Error | undefined): void {
  expect(error).toBeInstanceOf(Error);
  const { code, message, endpoint = '' } = error as Error & { code?: string; endpoint?: string };
  expect(TYPED_ERRORS).toContain(code);
  // A query may hold what is nobody's business.
  expect(`${message} ${endpoint}`).toMatch(/(?:GET|POST) (?:https?:\/\/|\/)\S+/);
  expect(`${message} ${endpoint}`).not.toMatch(/https?:\/\/\S*\?/);
}
