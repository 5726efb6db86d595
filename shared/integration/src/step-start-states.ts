import {
  DisabledStepReason,
  type IntegrationIngestionConfigFieldMap,
  type IntegrationInstance,
  type StepStartStates,
} from '@jupiterone/integration-sdk-core';

/** What of a step decides whether it runs. */
interface SwitchableStep {
  readonly id: string;
  readonly ingestionSourceId?: string;
}

/**
 * A start state for every step, as the SDK asks for it. Where the instance does not say which ingestion sources are
 * disabled, those that are off by default are: the SDK's runtime, which does the rest, ignores that default.
 *
 * @param off steps that are off in this mode, with the reason.
 * @throws TypeError when that names a step which does not exist.
 */
export function stepStartStates(
  steps: readonly SwitchableStep[],
  instance: Pick<IntegrationInstance, 'disabledSources'>,
  sources: IntegrationIngestionConfigFieldMap,
  off: Readonly<Record<string, DisabledStepReason>>,
): StepStartStates {
  const unknown = Object.keys(off).find((id) => !steps.some((step) => step.id === id));
  if (unknown !== undefined) throw new TypeError(`disabledSteps names "${unknown}", which is not a step.`);

  const states: StepStartStates = {};
  for (const { id, ingestionSourceId } of steps) {
    const offByDefault =
      instance.disabledSources === undefined &&
      ingestionSourceId !== undefined &&
      sources[ingestionSourceId]?.defaultsToDisabled === true;
    const disabledReason = off[id] ?? (offByDefault ? DisabledStepReason.USER_CONFIG : undefined);
    states[id] = disabledReason === undefined ? { disabled: false } : { disabled: true, disabledReason };
  }
  return states;
}
