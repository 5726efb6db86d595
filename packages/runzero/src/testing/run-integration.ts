import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entity, IntegrationEvent, Relationship } from '@jupiterone/integration-sdk-core';
import { executeIntegrationInstance, InMemoryGraphObjectStore } from '@jupiterone/integration-sdk-runtime';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { VirtualClock } from '@vendor-graph/flow-control/testing';
import { vi } from 'vitest';
import { runZeroIntegration } from '../integration.js';
import { HttpUnderWay } from './http-under-way.js';

export interface RunOptions {
  /** Ids of the ingestion sources that are off; undefined: those that are off by default. */
  disabledSources?: readonly string[];
  clock?: VirtualClock;
  /** Whether an answer that stalls is part of the test; then time goes on while it does. */
  stalls?: boolean;
}

/** What a whole collection has made. */
export interface Run {
  readonly entities: readonly Entity[];
  readonly relationships: readonly Relationship[];
  readonly events: readonly IntegrationEvent[];
  /** By step id. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Types of which JupiterOne must not delete anything. */
  readonly partialTypes: readonly string[];
  /** How many objects there are, by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** What failed steps told the log, in any form. */
  readonly errors: readonly Error[];
}

/**
 * Runs the whole integration as JupiterOne's runtime does, with class schemas enforced, in virtual time, and keeps the
 * graph in memory.
 */
export async function runIntegration(
  instanceConfig: Readonly<Record<string, unknown>>,
  { disabledSources, clock = new VirtualClock(), stalls = false }: RunOptions = {},
): Promise<Run> {
  const logger = createMockIntegrationLogger();
  const store = new RetainingStore();
  const events: IntegrationEvent[] = [];
  const errors: Error[] = [];
  logger.on('event', (event: IntegrationEvent) => events.push(event));
  const integration = runZeroIntegration({ clock, random: () => 1 });
  for (const step of integration.integrationSteps) {
    const { executionHandler } = step;
    step.executionHandler = async (context) => {
      try {
        await executionHandler(context);
      } catch (error) {
        errors.push(error as Error);
        throw error;
      }
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'runzero-'));
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', folder);
  vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');
  const underWay = new HttpUnderWay();
  try {
    const { integrationStepResults, metadata } = await clock.run(
      () =>
        executeIntegrationInstance(
          logger,
          {
            id: 'integration-instance',
            accountId: 'account',
            name: 'runZero',
            description: '',
            integrationDefinitionId: 'definition',
            config: { ...instanceConfig },
            ...(disabledSources && {
              disabledSources: disabledSources.map((ingestionSourceId) => ({ ingestionSourceId })),
            }),
          },
          integration,
          { current: { startedOn: clock.now() } },
          { graphObjectStore: store },
        ),
      { busy: stalls ? underWay.busyUnlessStalled : underWay.busy },
    );
    const entities = store.collectEntities();
    const relationships = store.collectRelationships();
    return {
      entities,
      relationships,
      events,
      statuses: Object.fromEntries(integrationStepResults.map(({ id, status }) => [id, status])),
      partialTypes: [...metadata.partialDatasets.types].sort(),
      counts: countByType([...entities, ...relationships]),
      errors,
    };
  } finally {
    underWay.stop();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A store that keeps everything until the end; the runtime asks it to write, and it has nowhere to. */
class RetainingStore extends InMemoryGraphObjectStore {
  override flush(): Promise<void> {
    return Promise.resolve();
  }
}

function countByType(objects: readonly { _type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { _type } of objects) counts[_type] = (counts[_type] ?? 0) + 1;
  return counts;
}
