import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeGraph } from '../../test-support/write-graph.js';
import { namedGraph } from '../graph-folder/named-graph.js';
import { ChunkFile } from './chunk-file.js';
import { graphPageData } from './graph-page-data.js';
import type { PageData } from './page-data.js';

describe('graphPageData', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-data-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function read(...graphs: Parameters<typeof writeGraph>[1][]): Promise<PageData> {
    const named = graphs.map((graph, index) => namedGraph(writeGraph(join(folder, `graph-${index}`), graph), folder));
    const chunks = await ChunkFile.create(join(folder, 'chunks'));
    const data = await graphPageData(named, chunks, 0);
    await chunks.close();
    return data;
  }
  function bytes(chunk = -1): Buffer {
    const line = readFileSync(join(folder, 'chunks'), 'utf8').split('\n')[chunk] ?? '';
    return inflateRawSync(Buffer.from(/id="c\d+">(.*)<\/script>$/.exec(line)?.[1] ?? '', 'base64'));
  }
  const json = (chunk: number | undefined): unknown => JSON.parse(bytes(chunk).toString());
  const user = (id: string): { _key: string; _type: string } & Record<string, unknown> => ({
    _key: `user:${id}`,
    _type: 'acme_user',
    _class: ['User'],
    displayName: `User ${id}`,
    active: true,
    _rawData: [{ name: 'default', rawData: {} }],
  });

  it('puts members into chunks, without raw data', async () => {
    const { nodes } = await read({ entities: [user('1'), user('2')], state: { partialTypes: ['acme_user'] } });

    expect(nodes).toMatchObject([
      { name: 'acme_user', graph: 0, classes: ['User'], mark: 'partial', members: { count: 2 } },
    ]);
    expect(json(nodes[0]?.members?.names)).toEqual(['User 1', 'User 2']);
    expect(json(nodes[0]?.members?.keys)).toEqual(['user:1', 'user:2']);
    expect(json(nodes[0]?.members?.blocks[0])).toEqual([{ active: true }, { active: true }]);
  });

  it('keeps the ends of relationships as places, and their properties', async () => {
    const link = (from: string, to: string, more = {}): { _key: string; _type: string } => ({
      _key: `${from}|${to}`,
      _type: 'acme_user_trusts_user',
      ...{
        _class: 'TRUSTS',
        _fromEntityKey: `user:${from}`,
        _toEntityKey: `user:${to}`,
        displayName: 'TRUSTS',
        ...more,
      },
    });
    const { edges } = await read({
      entities: [user('1'), user('2'), user('3')],
      relationships: [link('1', '3'), link('3', '2', { since: 5 })],
    });

    const members = edges[0]?.members;
    const ends = bytes(members?.ends);
    expect(edges).toMatchObject([{ label: 'TRUSTS', type: 'acme_user_trusts_user', from: 0, to: 0, dashed: false }]);
    // The differences: sources 0 then 2, targets 2 then 1.
    expect([0, 4, 8, 12].map((offset) => ends.readInt32LE(offset))).toEqual([0, 2, 2, -1]);
    expect(json(members?.blocks[0])).toEqual([{}, { since: 5 }]);
  });

  it('shows the targets of mapped relationships once for all graphs, in their direction', async () => {
    const mapped = (key: string, direction: string): { _key: string; _type: string } & Record<string, unknown> => ({
      _key: `${key}|cve`,
      _type: 'acme_user_has_cve',
      _class: 'HAS',
      _mapping: {
        relationshipDirection: direction,
        sourceEntityKey: key,
        targetFilterKeys: [['_type', 'name']],
        targetEntity: { _type: 'cve', _class: 'Vulnerability', name: 'CVE-1' },
      },
    });
    const { nodes, edges } = await read(
      { entities: [user('1')], relationships: [mapped('user:1', 'FORWARD')] },
      { entities: [user('2')], relationships: [mapped('user:2', 'REVERSE')] },
    );

    expect(nodes.map(({ name, graph, mark, members }) => [name, graph, mark, members?.count])).toEqual([
      ['acme_user', 0, undefined, 1],
      ['cve', undefined, 'elsewhere', 1],
      ['acme_user', 1, undefined, 1],
    ]);
    expect(edges.map(({ from, to, dashed }) => [from, to, dashed])).toEqual([
      [0, 1, true],
      [1, 2, true],
    ]);
  });

  it('shows what a relationship names and the graph does not have', async () => {
    const { nodes } = await read({
      entities: [user('1')],
      relationships: [{ _key: 'r', _type: 't', _class: 'HAS', _fromEntityKey: 'user:1', _toEntityKey: 'gone' }],
    });

    expect(nodes[1]).toMatchObject({ name: '(not in the graph)', mark: 'elsewhere', members: { count: 1 } });
    expect(json(nodes[1]?.members?.names)).toEqual(['gone']);
  });

  it('takes a type named like a property of all objects for a type', async () => {
    const { nodes } = await read({
      entities: [
        { _key: 'k', _type: '__proto__' },
        { _key: 'l', _type: 'constructor' },
      ],
    });

    expect(nodes.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});
