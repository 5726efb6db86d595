import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Entity,
  IntegrationEvent,
  IntegrationInvocationConfig,
  Relationship,
  StepResultStatus,
} from '@jupiterone/integration-sdk-core';
import {
  createIntegrationLogger,
  executeIntegrationInstance,
  InMemoryGraphObjectStore,
} from '@jupiterone/integration-sdk-runtime';
import { vi } from 'vitest';
import { SpokenTexts } from './spoken-texts.js';
import { START } from './virtual-time.js';

export interface CollectOptions {
  /** In milliseconds since the epoch; default {@link START}. */
  readonly startedOn?: number;
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

/** What a collection has made. */
export interface Collection {
  readonly entities: readonly Entity[];
  readonly relationships: readonly Relationship[];
  /** By step id. */
  readonly steps: Readonly<Record<string, StepOutcome>>;
  /** Types of which JupiterOne must not delete anything. */
  readonly partialTypes: ReadonlySet<string>;
  readonly events: readonly IntegrationEvent[];
  /** Why nothing was collected: the configuration or the credentials were not accepted, or could not be checked. */
  readonly refusal?: Error;
  /** Everything that was said to anybody: log lines with all their fields, events, errors. */
  readonly said: string;
}

/**
 * Runs a whole collection as JupiterOne's runtime does, in this process, with all ingestion sources on and with class and
 * type schemas enforced; the graph stays in memory.
 */
export async function collect(
  invocationConfig: IntegrationInvocationConfig,
  instanceConfig: Readonly<Record<string, unknown>>,
  { startedOn = START }: CollectOptions = {},
): Promise<Collection> {
  vi.stubEnv('LOG_LEVEL', 'trace');
  const said = new SpokenTexts();
  const logger = createIntegrationLogger({ name: 'conformance', invocationConfig });
  const events: IntegrationEvent[] = [];
  logger.on('event', (event: IntegrationEvent) => events.push(event));
  const store = new RetainingStore();
  const errors = new Map<string, Error>();
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', folder);
  vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');
  vi.stubEnv('DISABLE_DISK_USAGE_METRIC', 'true');
  try {
    const { integrationStepResults, metadata } = await executeIntegrationInstance(
      logger,
      {
        id: 'integration-instance',
        accountId: 'account',
        name: 'The instance',
        description: '',
        integrationDefinitionId: 'definition',
        config: { ...instanceConfig },
        disabledSources: [],
      },
      watched(invocationConfig, (step, error) => {
        errors.set(step, error);
        said.add(error);
      }),
      { current: { startedOn } },
      { graphObjectStore: store },
    );
    const steps = integrationStepResults.map(({ id, status, declaredTypes, partialTypes, encounteredTypes }) => {
      const error = errors.get(id);
      return [
        id,
        { status, declaredTypes, partialTypes, encounteredTypes, ...(error === undefined ? {} : { error }) },
      ] as const;
    });
    return {
      entities: store.collectEntities(),
      relationships: store.collectRelationships(),
      steps: Object.fromEntries(steps),
      partialTypes: new Set(metadata.partialDatasets.types),
      events,
      said: said.text,
    };
  } catch (error) {
    said.add(error);
    return {
      entities: store.collectEntities(),
      relationships: store.collectRelationships(),
      steps: {},
      partialTypes: new Set(),
      events,
      refusal: error as Error,
      said: said.text,
    };
  } finally {
    said.stop();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same integration, with what its steps throw told to `onError`. */
function watched(
  invocationConfig: IntegrationInvocationConfig,
  onError: (step: string, error: Error) => void,
): IntegrationInvocationConfig {
  return {
    ...invocationConfig,
    integrationSteps: invocationConfig.integrationSteps.map((step) => ({
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

/** A store that keeps everything until the end; the runtime asks it to write, and it has nowhere to. */
class RetainingStore extends InMemoryGraphObjectStore {
  override flush(): Promise<void> {
    return Promise.resolve();
  }
}
