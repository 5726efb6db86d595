import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryStorage } from '../testing/storage-folder.js';
import { openUnnamedFile } from './unnamed-file.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('openUnnamedFile', () => {
  it('opens a file that nobody sees and that gives back what was written', async () => {
    const folder = await temporaryStorage();
    const file = await openUnnamedFile();
    await file.append(Buffer.from('some '));
    await file.append(Buffer.from('text'));
    const bytes = Buffer.alloc(3);

    await file.read(bytes, 4);

    expect(bytes.toString()).toBe(' te');
    await expect(file.read(bytes, 7)).rejects.toThrow('the file ended too early');
    expect(await readdir(join(folder, 'index', 'unfinished'))).toEqual([]);
    await file.close();
  });

  it('takes the name away when the file is closed, where the system does not allow it before', async () => {
    const folder = join(await temporaryStorage(), 'index', 'unfinished');
    const file = await openUnnamedFile(() => Promise.reject(new Error('EBUSY: resource busy or locked, unlink')));
    const whileOpen = await readdir(folder);

    await file.close();

    expect(whileOpen).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });
});
