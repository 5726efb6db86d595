import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { storeIn, temporaryStorage } from '../testing/storage-folder.js';
import { TextSpill } from './text-spill.js';
import { openUnnamedFile, type UnnamedFile } from './unnamed-file.js';

const MEGABYTE = 2 ** 20;

async function drained(spill: TextSpill): Promise<string[]> {
  const all: string[] = [];
  for await (const texts of spill.drain()) all.push(...texts);
  return all;
}

/** Texts of a thousand characters and more, some megabytes together. */
function texts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => JSON.stringify({ index, text: `"ü\n😀${'x'.repeat(1_000)}` }));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** A file on a disk that is full after so many writes. */
function fullAfter(writes: number): () => Promise<UnnamedFile> {
  let left = writes;
  return async () => {
    const file = await openUnnamedFile();
    const append = (bytes: Uint8Array): Promise<void> => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('ENOSPC: no space left on device, write')) : file.append(bytes);
    };
    return { ...file, append };
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('TextSpill', () => {
  it.each([0, 1, 2, 5_000])('gives %i texts back as they were, in order, and then none', async (count) => {
    await temporaryStorage();
    const spill = new TextSpill('texts');
    const all = texts(count);

    for (const text of all) {
      spill.append(text);
      await spill.settled();
    }

    expect(await drained(spill)).toEqual(all);
    expect(await drained(spill)).toEqual([]);
    await spill.close();
  });

  it.each([
    ['nothing', ''],
    ['lines', 'a\r\nb\n'],
    ['zeros', '\0\0'],
    ['half a surrogate pair', 'ü\ud83d\0b'],
  ])('gives a text of %s back as it was', async (_what, text) => {
    await temporaryStorage();
    const spill = new TextSpill('texts');
    for (const one of ['before', text, 'behind']) spill.append(one);

    expect(await drained(spill)).toEqual(['before', text, 'behind']);
    await spill.close();
  });

  it('can be filled again, and takes a text that is larger than what it writes at once', async () => {
    await temporaryStorage();
    const spill = new TextSpill('texts');
    for (const round of ['a', 'b', 'ü']) {
      const all = [...texts(600), round.repeat(MEGABYTE), ...texts(2)];
      for (const text of all) spill.append(text);

      expect(await drained(spill)).toEqual(all);
    }
    await spill.close();
  });

  it('leaves no file behind that has a name, whatever happens to the process', async () => {
    const folder = await temporaryStorage();
    const spill = new TextSpill('texts');
    for (const text of texts(5_000)) spill.append(text);

    await spill.settled();

    expect(await readdir(join(folder, 'index', 'unfinished'))).toEqual([]);
    expect(await filesIn(folder)).toEqual([]);
    await spill.close();
  });

  it('does without a file while there is little to keep', async () => {
    const folder = await temporaryStorage();
    const spill = new TextSpill('texts');

    for (const text of texts(100)) spill.append(text);
    await spill.settled();
    const all = await drained(spill);
    await spill.close();

    expect(all).toHaveLength(100);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([0, 3])('says so when the disk is full after %i writes, and has lost nothing', async (writes) => {
    await temporaryStorage();
    const spill = new TextSpill('descriptions', fullAfter(writes));
    const all = texts(5_000);
    for (const text of all) spill.append(text);

    await expect(spill.settled()).rejects.toThrow(
      /^The descriptions cannot be written to the disk: ENOSPC: no space left on device, write\. .* look for room/,
    );
    await expect(spill.settled()).rejects.toThrow(/ENOSPC/);

    expect(await drained(spill)).toEqual(all);
    await spill.close();
  });

  it('says so when it may not write where the graph is, and has lost nothing', async () => {
    const folder = await temporaryStorage();
    await writeFile(join(folder, 'file'), '');
    storeIn(join(folder, 'file'));
    const spill = new TextSpill('descriptions');
    const all = texts(5_000);
    for (const text of all) spill.append(text);

    await expect(spill.settled()).rejects.toThrow(/^The descriptions cannot be written to the disk: ENOTDIR/);

    expect(await drained(spill)).toEqual(all);
    await spill.close();
  });

  it('says so when the file does not give back what was written', async () => {
    await temporaryStorage();
    const spill = new TextSpill('descriptions', async () => ({
      ...(await openUnnamedFile()),
      append: () => Promise.resolve(),
    }));
    for (const text of texts(5_000)) spill.append(text);

    await expect(drained(spill)).rejects.toThrow(
      /^The descriptions cannot be read from the disk again: the file ended too early/,
    );
    await spill.close();
  });
});
