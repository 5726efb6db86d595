import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** An empty folder that the SDK's runtime, and all that looks where it looks, stores its graph in until the test ends. */
export async function temporaryStorage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'graph-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  storeIn(folder);
  return folder;
}

/** Makes the SDK's runtime store in another folder. */
export function storeIn(folder: string): void {
  vi.stubEnv('JUPITERONE_INTEGRATION_STORAGE_DIRECTORY', folder);
}
