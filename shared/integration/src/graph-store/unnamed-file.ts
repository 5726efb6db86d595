import { randomUUID } from 'node:crypto';
import { open, rm, unlink } from 'node:fs/promises';
import { readFully } from './read-fully.js';
import { inFolderOf, unfinishedPath } from './storage-folder.js';

/** A file for as long as it is open. */
export interface UnnamedFile {
  /** Writes all the bytes behind those that are there. */
  append(bytes: Uint8Array): Promise<void>;
  /** Fills the buffer with the bytes from a position on. */
  read(bytes: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a temporary file in the SDK's storage folder, where there is room for a graph. Its name is taken away at once, so
 * that nothing is left of it when this process ends, in whatever way. Where the system does not allow that (Windows may
 * not), it loses its name when it is closed; after a crash it stays in a part of the folder that nobody reads, and is
 * removed with the graph.
 *
 * @param unname takes a file's name away
 */
export async function openUnnamedFile(unname: (path: string) => Promise<void> = unlink): Promise<UnnamedFile> {
  const path = unfinishedPath(randomUUID());
  const file = await inFolderOf(path, () => open(path, 'wx+'));
  const isUnnamed = await unname(path).then(
    () => true,
    () => false,
  );
  return {
    append: (bytes) => file.appendFile(bytes),
    read: (bytes, position) => readFully(file, bytes, position),
    async close() {
      await file.close();
      if (!isUnnamed) await rm(path, { force: true });
    },
  };
}
