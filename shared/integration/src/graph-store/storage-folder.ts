import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { GraphObjectKind } from './graph-object.js';

/** Where a file of objects belongs. */
export interface FileOwner {
  readonly step: string;
  readonly kind: GraphObjectKind;
  readonly type: string;
}

/**
 * Writes one file of objects of one type into the SDK's storage folder, and the link in its index. The file comes to its
 * place by one rename: whoever reads the graph, after whatever end of this process, meets whole files only.
 *
 * @returns the path of the file
 */
export async function writeGraphFile({ step, kind, type }: FileOwner, content: Uint8Array): Promise<string> {
  const root = storageRoot();
  const name = `${randomUUID()}.json`;
  const unfinished = unfinishedPath(name);
  const path = join(root, 'graph', step, kind, name);
  const indexPath = join(root, 'index', kind, type, name);
  await inFolderOf(unfinished, () => writeFile(unfinished, content));
  await inFolderOf(path, () => rename(unfinished, path));
  await inFolderOf(indexPath, () => linkTo(path, indexPath));
  return path;
}

/** A place for what is not part of the graph (yet): in the index, which is removed with the graph, and where no reader looks. */
export function unfinishedPath(name: string): string {
  return join(storageRoot(), 'index', 'unfinished', name);
}

/** Does something with a path, and makes its folder when that turns out to be missing. */
export async function inFolderOf<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await mkdir(dirname(path), { recursive: true });
    return action();
  }
}

/** The SDK looks it up at every write, too: whoever runs it may change its mind between two graphs of steps. */
function storageRoot(): string {
  return resolve(process.env['JUPITERONE_INTEGRATION_STORAGE_DIRECTORY'] ?? '.j1-integration');
}

/** As the SDK does it: Windows lets not everybody make symbolic links. */
function linkTo(path: string, indexPath: string): Promise<void> {
  return process.platform === 'win32' ? link(path, indexPath) : symlink(path, indexPath);
}
