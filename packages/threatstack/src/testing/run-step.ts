import type {
  Entity,
  IntegrationEvent,
  IntegrationInvocationConfig,
  IntegrationStep,
  Relationship,
} from '@jupiterone/integration-sdk-core';
import { createMockStepExecutionContext } from '@jupiterone/integration-sdk-testing';
import { threatStackIntegration } from '../integration.js';

export interface StepRunOptions {
  integration?: IntegrationInvocationConfig;
  /** In milliseconds since the epoch. */
  startedOn?: number;
}

/** What one step has made; what it depends on is left out. */
export interface StepRun {
  readonly step: IntegrationStep;
  readonly collectedEntities: Entity[];
  readonly collectedRelationships: Relationship[];
  /** Descriptions of the events that the step has published. */
  readonly events: readonly string[];
}

/** Runs a step after the steps that it depends on, with one client, and closes the client. */
export async function runStep(
  stepId: string,
  instanceConfig: Readonly<Record<string, string>>,
  { integration = threatStackIntegration(), startedOn = Date.now() }: StepRunOptions = {},
): Promise<StepRun> {
  const common = { instanceConfig: { ...instanceConfig }, executionHistory: { current: { startedOn } } };
  const before = createMockStepExecutionContext(common);
  const step = stepOf(integration, stepId);
  try {
    const done = new Set<string>();
    for (const dependency of dependenciesOf(integration, step)) {
      if (!done.has(dependency.id)) await dependency.executionHandler(before);
      done.add(dependency.id);
    }
    const context = createMockStepExecutionContext({
      ...common,
      entities: before.jobState.collectedEntities,
      relationships: before.jobState.collectedRelationships,
      setData: before.jobState.collectedData,
    });
    const events: string[] = [];
    (context.logger as unknown as NodeJS.EventEmitter).on('event', (event: IntegrationEvent) =>
      events.push(event.description),
    );
    await step.executionHandler(context);
    const { collectedEntities, collectedRelationships } = context.jobState;
    return { step, collectedEntities, collectedRelationships, events };
  } finally {
    await integration.afterExecution?.(before);
  }
}

function stepOf({ integrationSteps }: IntegrationInvocationConfig, id: string): IntegrationStep {
  const step = integrationSteps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new RangeError(`there is no step "${id}"`);
  return step;
}

/** Depth first: what a step depends on, in an order in which it can run. */
function dependenciesOf(integration: IntegrationInvocationConfig, step: IntegrationStep): IntegrationStep[] {
  return (step.dependsOn ?? []).flatMap((id) => {
    const dependency = stepOf(integration, id);
    return [...dependenciesOf(integration, dependency), dependency];
  });
}
