import type { FileHandle } from 'node:fs/promises';

/**
 * Fills the buffer with a file's bytes from a position on.
 *
 * @throws Error when the file ends before that
 */
export async function readFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) throw new Error('the file ended too early');
    filled += bytesRead;
  }
}
