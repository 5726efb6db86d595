import type {
  Entity,
  IntegrationEvent,
  IntegrationInvocationConfig,
  Relationship,
  StepResultStatus,
} from '@jupiterone/integration-sdk-core';
import { executeIntegrationInstance, type IntegrationLogger } from '@jupiterone/integration-sdk-runtime';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { RetainingStore } from './retaining-store.js';
import { withRuntimeStorage } from './runtime-storage.js';

export interface RunOptions {
  /** In milliseconds since the epoch; default: now. */
  readonly startedOn?: number;
  /** Ids of the ingestion sources that are off; default: those that are off by default. */
  readonly disabledSources?: readonly string[];
  /** Default: one that prints nothing. */
  readonly logger?: IntegrationLogger;
  /** Where the graph is kept; to look at it when the run is rejected. */
  readonly store?: RetainingStore;
}

/** How a step ended. */
export interface StepOutcome {
  readonly status: StepResultStatus;
  readonly declaredTypes: readonly string[];
  readonly partialTypes: readonly string[];
  readonly encounteredTypes: readonly string[];
  /** What the step threw. */
  readonly error?: Error;
}

/** What a whole collection has made. */
export interface Run {
  readonly entities: readonly Entity[];
  readonly relationships: readonly Relationship[];
  /** What users are told. */
  readonly events: readonly IntegrationEvent[];
  /** By step id. */
  readonly steps: Readonly<Record<string, StepOutcome>>;
  /** By step id: `success`, `failure`, `disabled`, … */
  readonly statuses: Readonly<Record<string, string>>;
  /** What the steps threw, in this order. */
  readonly errors: readonly Error[];
  /** Types of which JupiterOne must not delete anything, sorted. */
  readonly partialTypes: readonly string[];
  /** How many objects there are, by type. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Of the instance that collects, but for its config. */
const INSTANCE = {
  id: 'integration-instance',
  accountId: 'account',
  name: 'The instance',
  description: '',
  integrationDefinitionId: 'definition',
};

/**
 * Runs a whole integration as JupiterOne's runtime does, with class and type schemas enforced, and keeps the graph in
 * memory. Several may run at the same time.
 *
 * @throws what the runtime throws when the configuration or the credentials are not accepted
 */
export async function runIntegration(
  integration: IntegrationInvocationConfig,
  instanceConfig: Readonly<Record<string, unknown>>,
  options: RunOptions = {},
): Promise<Run> {
  const { startedOn = Date.now(), disabledSources, logger = createMockIntegrationLogger() } = options;
  const { store = new RetainingStore() } = options;
  const events: IntegrationEvent[] = [];
  logger.on('event', (event: IntegrationEvent) => events.push(event));
  const errors = new Map<string, Error>();
  const instance = {
    ...INSTANCE,
    config: { ...instanceConfig },
    ...(disabledSources && { disabledSources: disabledSources.map((ingestionSourceId) => ({ ingestionSourceId })) }),
  };
  const { integrationStepResults, metadata } = await withRuntimeStorage(() =>
    executeIntegrationInstance(
      logger,
      instance,
      watched(integration, (step, error) => errors.set(step, error)),
      { current: { startedOn } },
      { graphObjectStore: store },
    ),
  );
  const entities = store.collectEntities();
  const relationships = store.collectRelationships();
  const steps = integrationStepResults.map(({ id, status, declaredTypes, partialTypes, encounteredTypes }) => {
    const error = errors.get(id);
    return [id, { status, declaredTypes, partialTypes, encounteredTypes, ...(error && { error }) }] as const;
  });
  return {
    entities,
    relationships,
    events,
    steps: Object.fromEntries(steps),
    statuses: Object.fromEntries(steps.map(([id, { status }]) => [id, status])),
    errors: [...errors.values()],
    partialTypes: [...metadata.partialDatasets.types].sort(),
    counts: countByType([...entities, ...relationships]),
  };
}

/** The same integration, with what its steps throw told to `onError`. */
function watched(
  integration: IntegrationInvocationConfig,
  onError: (step: string, error: Error) => void,
): IntegrationInvocationConfig {
  return {
    ...integration,
    integrationSteps: integration.integrationSteps.map((step) => ({
      ...step,
      async executionHandler(context) {
        try {
          await step.executionHandler(context);
        } catch (error) {
          onError(step.id, error as Error);
          throw error;
        }
      },
    })),
  };
}

function countByType(objects: readonly { _type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { _type } of objects) counts[_type] = (counts[_type] ?? 0) + 1;
  return counts;
}
