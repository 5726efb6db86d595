import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockStepExecutionContext } from '@jupiterone/integration-sdk-testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PanopticaClient } from '../client.js';
import type { Vulnerability } from '../records.js';
import { fetchVulnerabilities } from './fetch-vulnerabilities.js';
import type { PanopticaStep } from './step.js';

const IMAGES = ['a', 'b', 'c', 'd'];
const ROWS = 500;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'panoptica-'));
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Rows of one image; together the images' rows are larger than what is kept in memory. */
function rowsOf(imageId: string): Vulnerability[] {
  return Array.from({ length: ROWS }, (_, index) => ({
    id: `${index % 2 === 0 ? 'shared' : imageId}-${index}`,
    description: 'x'.repeat(2_000),
    layerName: `RUN ${imageId}`,
  }));
}

/** The step with the images that are given, and a client that hands out their rows or fails in the middle. */
function execution(failing?: string) {
  const images = IMAGES.map((id) => ({ _key: `panoptica_image:${id}`, _type: 'panoptica_image', _class: 'Image', id }));
  const { jobState, logger } = createMockStepExecutionContext({ instanceConfig: {}, entities: images });
  const readVulnerabilities: PanopticaClient['readVulnerabilities'] = async (imageId, onRow) => {
    for (const row of rowsOf(imageId)) onRow(row);
    await Promise.resolve();
    if (imageId === failing) throw new Error('a defect');
  };
  const context = { client: { readVulnerabilities }, jobState, logger };
  const run = (): Promise<void> => fetchVulnerabilities.run(context as unknown as Parameters<PanopticaStep['run']>[0]);
  return { run, jobState };
}

async function filesLeft(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function idsOf({ jobState }: ReturnType<typeof execution>): { read: string[]; linked: string[] } {
  const keys = jobState.collectedRelationships.map(({ _key }) => _key.split('|has|').at(-1) ?? '');
  return {
    read: jobState.collectedEntities.map(({ _key }) => _key).sort(),
    linked: [...new Set(keys)].sort(),
  };
}

describe('fetch-vulnerabilities', () => {
  it('adds each vulnerability once, after all images, and leaves no temporary file', async () => {
    const step = execution();

    await step.run();

    const { read, linked } = idsOf(step);
    expect(read).toHaveLength(ROWS / 2 + IMAGES.length * (ROWS / 2));
    expect(read).toEqual(linked);
    expect(await filesLeft()).toEqual([]);
  });

  it('adds what was read before a failure, and leaves no temporary file', async () => {
    const step = execution('c');

    await expect(step.run()).rejects.toThrow('a defect');

    const { read, linked } = idsOf(step);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((key) => !read.includes(key))).toEqual([]);
    expect(await filesLeft()).toEqual([]);
  });

  it('fails with the reason when its temporary file cannot be written, and loses nothing that was read', async () => {
    await writeFile(join(folder, 'file'), '');
    vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', join(folder, 'file'));
    const step = execution();

    await expect(step.run()).rejects.toThrow(
      /^The descriptions of vulnerabilities cannot be written to the disk: ENOTDIR.* look for room and permissions there\.$/,
    );

    const { read, linked } = idsOf(step);
    expect(linked.length).toBeGreaterThanOrEqual(ROWS);
    expect(linked.filter((key) => !read.includes(key))).toEqual([]);
  });
});
