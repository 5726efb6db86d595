import type {
  IntegrationEvent,
  IntegrationInstance,
  IntegrationInvocationConfig,
} from '@jupiterone/integration-sdk-core';
import {
  createIntegrationLogger,
  executeIntegrationInstance,
  type CreateStepGraphObjectDataUploaderFunction,
} from '@jupiterone/integration-sdk-runtime';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** What came of a run. */
export interface Run {
  /** Step id -> status. Empty when the run was rejected. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly partialTypes: readonly string[];
  /** The keys of all entities and relationships in the graph. */
  readonly keys: readonly string[];
  readonly hasSummary: boolean;
  /** The job log that users see. */
  readonly events: readonly IntegrationEvent[];
  /** All that was logged, at the most talkative level, and all that was written to disk. */
  readonly output: string;
  readonly error: unknown;
}

/** Runs an integration by the SDK's own runtime, with its own logger, in a folder of its own. */
export async function runOnDisk(
  invocationConfig: IntegrationInvocationConfig,
  instance: Partial<IntegrationInstance>,
  createStepGraphObjectDataUploader?: CreateStepGraphObjectDataUploaderFunction,
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'acme-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // The runtime removes the folder that it is given.
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', join(folder, 'storage'));
  vi.stubEnv('DISABLE_DISK_USAGE_METRIC', 'true');
  vi.stubEnv('LOG_LEVEL', 'trace');
  const logged: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => logged.push(String(text)) > 0);

  const logger = createIntegrationLogger({ name: 'acme', invocationConfig });
  const events: IntegrationEvent[] = [];
  logger.on('event', (event: IntegrationEvent) => events.push(event));
  try {
    const outcome = await executeIntegrationInstance(
      logger,
      { id: 'i', accountId: 'a', name: 'n', integrationDefinitionId: 'd', config: {}, ...instance },
      invocationConfig,
      { current: { startedOn: 1_700_000_000_000 } },
      { createStepGraphObjectDataUploader },
    ).catch((error: unknown) => ({ error }));
    const files = await filesIn(folder);
    const written = [...files.values()].join('\n');
    return {
      ...('error' in outcome
        ? { statuses: {}, partialTypes: [], error: outcome.error }
        : {
            error: undefined,
            statuses: Object.fromEntries(outcome.integrationStepResults.map(({ id, status }) => [id, status])),
            partialTypes: outcome.metadata.partialDatasets.types,
          }),
      keys: [...written.matchAll(/"_key": ?"([^"]+)"/g)].map(([, key = '']) => key).sort(),
      hasSummary: files.has('storage/summary.json'),
      events,
      output: [...logged, written, JSON.stringify(events)].join('\n'),
    };
  } finally {
    stdout.mockRestore();
  }
}

/** Path -> content of the folder's files; links (the index) are left out. */
async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return new Map(paths.map((path, index) => [path.slice(folder.length + 1), contents[index] ?? '']));
}
