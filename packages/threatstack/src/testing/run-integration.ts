import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Entity,
  IntegrationEvent,
  IntegrationInvocationConfig,
  Relationship,
} from '@jupiterone/integration-sdk-core';
import {
  executeIntegrationInstance,
  InMemoryGraphObjectStore,
  type IntegrationLogger,
} from '@jupiterone/integration-sdk-runtime';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { vi } from 'vitest';
import { threatStackIntegration } from '../integration.js';

export interface RunOptions {
  integration?: IntegrationInvocationConfig;
  /** In milliseconds since the epoch. */
  startedOn?: number;
  /** Ids of the ingestion sources that are off; undefined: those that are off by default. */
  disabledSources?: readonly string[];
  logger?: IntegrationLogger;
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
}

/** The runtime has one storage folder for all that a process runs at the same time. */
const storage = { folder: '', runs: 0 };

/** Runs the whole integration as JupiterOne's runtime does, with class schemas enforced, and keeps the graph in memory. */
export async function runIntegration(
  instanceConfig: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<Run> {
  const { integration = threatStackIntegration(), startedOn = Date.now(), disabledSources } = options;
  const { logger = createMockIntegrationLogger() } = options;
  const store = new RetainingStore();
  const events: IntegrationEvent[] = [];
  logger.on('event', (event: IntegrationEvent) => events.push(event));
  if (storage.runs === 0) storage.folder = mkdtempSync(join(tmpdir(), 'threatstack-'));
  storage.runs += 1;
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', storage.folder);
  vi.stubEnv('ENABLE_GRAPH_OBJECT_SCHEMA_VALIDATION', 'true');
  try {
    const { integrationStepResults, metadata } = await executeIntegrationInstance(
      logger,
      {
        id: 'instance',
        accountId: 'account',
        name: 'Threat Stack',
        description: '',
        integrationDefinitionId: 'definition',
        config: { ...instanceConfig },
        ...(disabledSources && {
          disabledSources: disabledSources.map((ingestionSourceId) => ({ ingestionSourceId })),
        }),
      },
      integration,
      { current: { startedOn } },
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
    storage.runs -= 1;
    if (storage.runs === 0) {
      vi.unstubAllEnvs();
      await rm(storage.folder, { recursive: true, force: true });
    }
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
