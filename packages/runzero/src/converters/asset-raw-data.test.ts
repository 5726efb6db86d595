import { describe, expect, it } from 'vitest';
import type { AssetRecord } from '../records.js';
import { assetRawData } from './asset-raw-data.js';

const KIBIBYTES_32 = 32 * 1024;
const ID = '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11';

function bytesOf(asset: AssetRecord): number {
  return Buffer.byteLength(JSON.stringify(assetRawData(asset)));
}

describe('assetRawData', () => {
  it('is the record when that is of an ordinary size', () => {
    const asset: AssetRecord = { id: ID, names: ['HOST'], attributes: { 'os.family': 'Linux' } };

    expect(assetRawData(asset)).toEqual(asset);
  });

  it('is the record at exactly 32 KiB, and without attributes one byte above', () => {
    const asset: AssetRecord = { id: ID, os: '', attributes: { 'os.family': 'Linux' } };
    const missing = KIBIBYTES_32 - Buffer.byteLength(JSON.stringify(asset));

    expect(bytesOf({ ...asset, os: 'x'.repeat(missing) })).toBe(KIBIBYTES_32);
    expect(assetRawData({ ...asset, os: 'x'.repeat(missing + 1) })).toEqual({ id: ID, os: 'x'.repeat(missing + 1) });
  });

  it.each([
    ['many attributes', { attributes: manyEntries('os.') }, { id: ID, alive: true }],
    ['many names', { names: Object.values(manyEntries('')), attributes: {} }, { id: ID, alive: true }],
    ['many tags', { tags: manyEntries('tag') }, { id: ID, alive: true }],
    ['a huge text', { os: 'x'.repeat(KIBIBYTES_32) }, { id: ID }],
    ['many control characters', { os: '\u0001'.repeat(KIBIBYTES_32 / 5) }, { id: ID }],
    ['many characters of three bytes', { os: '例'.repeat(KIBIBYTES_32 / 2) }, { id: ID }],
  ])('leaves out %s', (_, fields, expected) => {
    const asset = { id: ID, alive: true, ...fields };

    expect(assetRawData(asset)).toEqual(expected);
    expect(bytesOf(asset)).toBeLessThanOrEqual(KIBIBYTES_32);
  });
});

function manyEntries(prefix: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${prefix}${index}`, 'x'.repeat(40)]));
}
