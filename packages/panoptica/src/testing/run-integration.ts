import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Entity,
  IntegrationInvocationConfig,
  PublishEventInput,
  Relationship,
} from '@jupiterone/integration-sdk-core';
import {
  executeIntegrationInstance,
  InMemoryGraphObjectStore,
  type IntegrationLogger,
} from '@jupiterone/integration-sdk-runtime';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { vi } from 'vitest';
import { panopticaIntegration } from '../integration.js';

export const STARTED_ON = Date.UTC(2024, 2, 1, 9, 15, 30, 250);

/** What a whole collection has made. */
export interface Run {
  readonly entities: readonly Entity[];
  readonly relationships: readonly Relationship[];
  /** What the user is told. */
  readonly events: readonly string[];
  /** By step id. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Types of which JupiterOne must not delete anything, sorted. */
  readonly partialTypes: readonly string[];
  /** How many objects there are, by type. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs the whole integration as JupiterOne's runtime does, with class schemas enforced, and keeps the graph in memory. */
export async function runIntegration(
  instanceConfig: Readonly<Record<string, string>>,
  integration: IntegrationInvocationConfig = panopticaIntegration(),
  logger: IntegrationLogger = createMockIntegrationLogger(),
): Promise<Run> {
  const store = new RetainingStore();
  const events: string[] = [];
  logger.on('event', ({ description }: PublishEventInput) => events.push(description));
  const folder = await mkdtemp(join(tmpdir(), 'panoptica-'));
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', folder);
  vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');
  try {
    const { integrationStepResults, metadata } = await executeIntegrationInstance(
      logger,
      {
        id: 'instance-id',
        accountId: 'jupiterone-account',
        name: 'Panoptica instance',
        description: '',
        integrationDefinitionId: 'definition',
        config: { ...instanceConfig },
      },
      integration,
      { current: { startedOn: STARTED_ON } },
      { graphObjectStore: store },
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
    };
  } finally {
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
