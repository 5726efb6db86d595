import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeGraph } from '../../test-support/write-graph.js';
import { graphDifference } from './graph-difference.js';

describe('graphDifference', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'difference-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const asset = (id: string, more: Record<string, unknown> = {}): { _key: string; _type: string } => ({
    _key: `asset:${id}`,
    _type: 'acme_asset',
    ...more,
  });
  const compare = (
    before: Parameters<typeof writeGraph>[1],
    after: Parameters<typeof writeGraph>[1],
    options?: Parameters<typeof graphDifference>[2],
  ): ReturnType<typeof graphDifference> =>
    graphDifference(writeGraph(join(folder, 'a'), before), writeGraph(join(folder, 'b'), after), options);

  it('is empty for a graph whose objects and properties are only in another order', async () => {
    const before = { entities: [asset('1', { name: 'x', active: true }), asset('2')] };
    const after = { entities: [asset('2'), asset('1', { active: true, name: 'x' })] };

    expect(await compare(before, after)).toEqual([]);
  });

  it('names what was added, removed and changed, by type and in order', async () => {
    const before = {
      entities: [asset('1', { name: 'old', ports: [1, 2] }), asset('3'), asset('2'), { _key: 'u', _type: 'acme_user' }],
      relationships: [{ _key: 'r', _type: 'acme_user_has_asset' }],
    };
    const after = {
      entities: [asset('1', { name: 'new', ports: [1, 2], os: 'Linux' }), { _key: 'u', _type: 'acme_user' }],
    };

    expect(await compare(before, after)).toEqual([
      {
        type: 'acme_asset',
        kind: 'entities',
        added: [],
        removed: ['asset:2', 'asset:3'],
        changed: [
          {
            key: 'asset:1',
            properties: [
              { property: 'name', before: 'old', after: 'new' },
              { property: 'os', after: 'Linux' },
            ],
          },
        ],
      },
      { type: 'acme_user_has_asset', kind: 'relationships', added: [], removed: ['r'], changed: [] },
    ]);
  });

  it('shows raw data only when no property shows the change', async () => {
    const raw = (data: object): object[] => [{ name: 'default', rawData: data }];
    const before = {
      entities: [asset('1', { name: 'a', _rawData: raw({ n: 'a' }) }), asset('2', { _rawData: raw({}) })],
    };
    const after = {
      entities: [asset('1', { name: 'b', _rawData: raw({ n: 'b' }) }), asset('2', { _rawData: raw({ seen: 1 }) })],
    };

    expect(await compare(before, after)).toMatchObject([
      {
        changed: [
          { key: 'asset:1', properties: [{ property: 'name', before: 'a', after: 'b' }] },
          { key: 'asset:2', properties: [{ property: '_rawData' }] },
        ],
      },
    ]);
  });

  it.each([
    ['the port of a simulator is no difference', true, []],
    ['a port is a difference otherwise', false, ['url']],
  ])('%s', async (_case, ignorePorts, changed) => {
    const before = { entities: [asset('1', { url: 'http://127.0.0.1:4001/x' })] };
    const after = { entities: [asset('1', { url: 'http://127.0.0.1:4002/x' })] };

    const types = await compare(before, after, { ignorePorts });

    expect(
      types.flatMap((type) => type.changed.flatMap(({ properties }) => properties.map((p) => p.property))),
    ).toEqual(changed);
  });

  it('finds the same when it compares a few objects at a time', async () => {
    const entities = (name: string): ReturnType<typeof asset>[] =>
      Array.from({ length: 25 }, (_, index) => asset(String(index), { name }));

    const types = await compare({ entities: entities('a') }, { entities: entities('b') }, { comparedAtOnce: 4 });

    expect(types[0]?.changed).toHaveLength(25);
  });

  it('takes a property named __proto__ for a property', async () => {
    const hostile = (value: number): ReturnType<typeof asset> =>
      JSON.parse(`{"_key":"k","_type":"acme_asset","__proto__":${String(value)}}`) as ReturnType<typeof asset>;

    expect(await compare({ entities: [hostile(1)] }, { entities: [hostile(2)] })).toMatchObject([
      { changed: [{ properties: [{ property: '__proto__', before: 1, after: 2 }] }] },
    ]);
  });
});
