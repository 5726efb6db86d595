import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { CommandError } from '../command-error.js';
import { knownWords } from '../vendors/suggestion.js';

/** The steps that the user wants and does not want. */
export interface StepFilter {
  /** Only these, and what they depend on; empty: all. */
  only: readonly string[];
  /** Not these, nor what depends on them. */
  skip: readonly string[];
}

/**
 * The steps that a filter leaves out.
 *
 * @throws CommandError for a step that the vendor does not have, and when nothing is left.
 */
export function excludedSteps(
  steps: IntegrationInvocationConfig['integrationSteps'],
  { only, skip }: StepFilter,
): ReadonlySet<string> {
  const ids = steps.map(({ id }) => id);
  const unknown = [...only, ...skip].filter((id) => !ids.includes(id));
  if (unknown.length > 0)
    throw new CommandError(unknown.map((id) => `There is no step "${id}".${knownWords(id, ids)}`).join('\n'));

  const dependencies = new Map(steps.map(({ id, dependsOn }) => [id, dependsOn ?? []]));
  const reachable = (from: string): Set<string> => {
    const found = new Set([from]);
    for (const id of found) for (const dependency of dependencies.get(id) ?? []) found.add(dependency);
    return found;
  };
  const wanted = new Set(only.length === 0 ? ids : only.flatMap((id) => [...reachable(id)]));
  const excluded = new Set(ids.filter((id) => !wanted.has(id) || skip.some((skipped) => reachable(id).has(skipped))));
  if (excluded.size > 0 && excluded.size === ids.length)
    throw new CommandError('With these --step and --skip no step is left.');
  return excluded;
}

/**
 * The start states of the steps: what the vendor says, and off for the excluded ones.
 *
 * @param original the vendor's own states; undefined when it has none, then all are on.
 */
export function withoutSteps(
  original: IntegrationInvocationConfig['getStepStartStates'],
  steps: IntegrationInvocationConfig['integrationSteps'],
  excluded: ReadonlySet<string>,
): NonNullable<IntegrationInvocationConfig['getStepStartStates']> {
  return async (context) => {
    const states = await original?.(context);
    return Object.fromEntries(
      steps.map(({ id }) => {
        const state = states?.[id] ?? { disabled: false };
        return [id, excluded.has(id) ? { ...state, disabled: true } : state];
      }),
    );
  };
}
