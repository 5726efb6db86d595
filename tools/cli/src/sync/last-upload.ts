import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GRAPH_OBJECT_KINDS } from '../graph-folder/graph-objects.js';
import { digestsOf, readDigests, writeDigests, type ObjectDigest } from '../graph-folder/object-digests.js';
import type { SyncScope, SyncTarget } from './sync-target.js';

/** Whose last upload. */
interface UploadPlace {
  folder: string;
  target: SyncTarget;
  scope: SyncScope;
}

/**
 * The digests of what JupiterOne holds since the last upload from this folder; undefined when there was none. They stand
 * beside the graph, outlive the next collection, and hold no data but keys and types.
 */
export function lastUpload(place: UploadPlace): string | undefined {
  const path = digestFile(place);
  return existsSync(path) ? path : undefined;
}

/** Keeps the digests of what was just uploaded, and of what JupiterOne kept because its type was partial. */
export async function recordUpload(upload: UploadPlace & { partialTypes: readonly string[] }): Promise<void> {
  const path = digestFile(upload);
  await mkdir(join(upload.folder, 'uploaded'), { recursive: true });
  await writeDigests(path, heldNow(upload, lastUpload(upload)));
}

async function* heldNow(
  { folder, partialTypes }: UploadPlace & { partialTypes: readonly string[] },
  before: string | undefined,
): AsyncGenerator<ObjectDigest> {
  const kept = new Set(partialTypes);
  for (const kind of GRAPH_OBJECT_KINDS) {
    const keys = new Set<string>();
    for await (const digest of digestsOf(folder, kind)) {
      keys.add(digest.key);
      yield digest;
    }
    if (before === undefined) continue;
    for await (const digest of readDigests(before, kind))
      if (kept.has(digest.type) && !keys.has(digest.key)) yield digest;
  }
}

function digestFile({ folder, target, scope }: UploadPlace): string {
  const place = [target.apiBaseUrl.origin, target.account, scope.source, scope.scope, scope.integrationInstanceId];
  const name = createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 16);
  return join(folder, 'uploaded', `${name}.jsonl`);
}
