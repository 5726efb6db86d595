import type {
  Entity,
  IntegrationEvent,
  IntegrationInvocationConfig,
  Relationship,
} from '@jupiterone/integration-sdk-core';
import { createIntegrationLogger } from '@jupiterone/integration-sdk-runtime';
import { RetainingStore, runIntegration, type StepOutcome } from '@vendor-graph/integration/testing';
import { vi } from 'vitest';
import { SpokenTexts } from './spoken-texts.js';
import { START } from './virtual-time.js';

export interface CollectOptions {
  /** In milliseconds since the epoch; default {@link START}. */
  readonly startedOn?: number;
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

/** Runs a whole collection, with all ingestion sources on, and listens. */
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
  try {
    const options = { startedOn, disabledSources: [], logger, store };
    const run = await runIntegration(invocationConfig, instanceConfig, options);
    for (const error of run.errors) said.add(error);
    const { entities, relationships, steps } = run;
    return { entities, relationships, steps, partialTypes: new Set(run.partialTypes), events, said: said.text };
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
  }
}
