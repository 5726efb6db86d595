import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeGraph } from '../../test-support/write-graph.js';
import { namedGraph } from '../graph-folder/named-graph.js';
import { loadDuckDb } from './duckdb.js';
import { GraphDatabase } from './graph-database.js';
import { graphIndex } from './graph-index.js';

describe('GraphDatabase', () => {
  let folder: string;
  let open: GraphDatabase[];
  let builds: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'database-'));
    open = [];
    builds = 0;
  });
  afterEach(() => {
    for (const database of open) database.close();
    rmSync(folder, { recursive: true });
  });

  async function database(...names: string[]): Promise<GraphDatabase> {
    const duckDb = await loadDuckDb();
    const graphs = [];
    for (const name of names) {
      const graph = namedGraph(join(folder, name), folder);
      graphs.push({ ...graph, index: await graphIndex(duckDb, graph.folder, () => (builds += 1)) });
    }
    const opened = await GraphDatabase.open(duckDb, graphs);
    open.push(opened);
    return opened;
  }
  const rows = async (graph: Parameters<typeof writeGraph>[1], sql: string): Promise<unknown[][]> => {
    writeGraph(join(folder, 'a'), graph);
    return (await (await database('a')).query(sql)).rows;
  };

  it('has the properties of a type as columns of their kind', async () => {
    const entities = [
      {
        _key: '1',
        _type: 'acme_user',
        _class: ['User'],
        age: 5,
        score: 1,
        tags: ['x'],
        mixed: 1,
        active: true,
        gone: null,
      },
      { _key: '2', _type: 'acme_user', _class: ['User'], age: 6, score: 1.5, tags: [], mixed: 'a', nested: { a: 1 } },
    ];

    expect(await rows({ entities }, 'SELECT column_name, column_type FROM (DESCRIBE acme_user)')).toEqual([
      ['graph', 'VARCHAR'],
      ['_key', 'VARCHAR'],
      ['_type', 'VARCHAR'],
      ['_class', 'VARCHAR[]'],
      ['age', 'BIGINT'],
      ['score', 'DOUBLE'],
      ['tags', 'VARCHAR[]'],
      ['mixed', 'JSON'],
      ['active', 'BOOLEAN'],
      ['nested', 'JSON'],
    ]);
    expect((await open[0]?.query('SELECT age, score, tags, mixed, active FROM acme_user ORDER BY _key'))?.rows).toEqual(
      [
        [5, 1, ['x'], '1', true],
        [6, 1.5, [], '"a"', null],
      ],
    );
  });

  it('joins the graphs of several vendors', async () => {
    writeGraph(join(folder, 'a'), { entities: [{ _key: '1', _type: 'acme_user', _class: 'User', name: 'Ann' }] });
    writeGraph(join(folder, 'b'), {
      entities: [{ _key: '2', _type: 'acme_user', _class: 'User', age: 5 }],
      state: { package: 'beta' },
    });

    const both = await database('a', 'b');

    expect((await both.query('SELECT graph, _key, name, age FROM acme_user ORDER BY _key')).rows).toEqual([
      ['acme', '1', 'Ann', null],
      ['beta', '2', null, 5],
    ]);
    expect(
      (await both.query(`SELECT _key, _class, _mapped, properties->>'age' FROM entities ORDER BY 1`)).rows,
    ).toEqual([
      ['1', ['User'], false, null],
      ['2', ['User'], false, '5'],
    ]);
  });

  it('gives a mapped relationship its ends, and the entity that another integration collects', async () => {
    const mapped = (from: string): { _key: string; _type: string } & Record<string, unknown> => ({
      _key: `${from}|cve`,
      _type: 'acme_user_has_cve',
      _class: 'HAS',
      _mapping: {
        relationshipDirection: 'FORWARD',
        sourceEntityKey: from,
        targetFilterKeys: [['_type', 'name']],
        targetEntity: { _type: 'cve', _class: 'Vulnerability', name: 'CVE-1' },
      },
    });
    const entities = ['1', '2'].map((key) => ({ _key: key, _type: 'acme_user' }));

    const answer = await rows(
      { entities, relationships: [mapped('1'), mapped('2')] },
      'SELECT has._fromEntityKey, cve.name, cve._mapped FROM acme_user_has_cve has JOIN cve ON cve._key = has._toEntityKey ORDER BY 1',
    );

    expect(answer).toEqual([
      ['1', 'CVE-1', true],
      ['2', 'CVE-1', true],
    ]);
  });

  it.each([
    ['names that differ in case only', '{"Name": 1, "name": 2}', 'SELECT "Name", "name_2" FROM acme_user', [1, 2]],
    ['names with quotes', '{"a\\"b\'c": 1}', `SELECT "a""b'c" FROM acme_user`, [1]],
    ['a property of all objects', '{"__proto__": 1}', 'SELECT "__proto__" FROM acme_user', [1]],
    ['half a character, and none', '{"a": "x\\ud800y\\u0000z"}', 'SELECT a FROM acme_user', ['x\ufffdy\ufffdz']],
    ['numbers beyond 2^53', '{"a": 12345678901234567890}', 'SELECT a FROM acme_user', [12345678901234567000]],
  ])('survives %s', async (_case, properties, sql, expected) => {
    const entity = { _key: '1', _type: 'acme_user' };
    writeGraph(join(folder, 'a'), { entities: [entity] });
    const hostile = `{"entities": [{"_key": "1", "_type": "acme_user", ${properties.slice(1)}]}`;
    writeFileSync(join(folder, 'a', 'graph', 'step', 'entities', 'objects.json'), hostile);

    expect((await (await database('a')).query(sql)).rows).toEqual([expected]);
  });

  it('is made once for a graph, and anew when the graph has changed', async () => {
    const count = 'SELECT count(*) FROM entities';
    expect(await rows({ entities: [{ _key: '1', _type: 'acme_user' }] }, count)).toEqual([[1]]);
    expect((await (await database('a')).query(count)).rows).toEqual([[1]]);
    expect(builds).toBe(1);

    const changed = {
      entities: [
        { _key: '1', _type: 'acme_user' },
        { _key: '2', _type: 'acme_asset' },
      ],
    };
    expect(await rows(changed, count)).toEqual([[2]]);

    expect(builds).toBe(2);
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(['graph', 'query.duckdb', 'query.json', 'vendor-graph.json']);
  });

  it.each([
    ["SELECT * FROM read_csv('/etc/passwd')", 'disabled by configuration'],
    ["SELECT * FROM glob('/etc/*')", 'disabled by configuration'],
    ["SELECT * FROM '/etc/passwd.csv'", 'disabled by configuration'],
    ["COPY entities TO '/tmp/never.csv'", 'disabled by configuration'],
    ["ATTACH '/tmp/never.db'", 'only read'],
    ['CREATE TABLE x AS SELECT 1', 'only read'],
    ['DELETE FROM graph_0.t0', 'only read'],
    ['SET enable_external_access = true', 'only read'],
    ['INSTALL httpfs', 'only read'],
    ['SELECT 1; SELECT 2', 'one SELECT'],
    ['', 'one SELECT'],
    ['SELEC 1', 'syntax error'],
    ['SELECT * FROM nowhere', 'does not exist'],
  ])('refuses %s', async (sql, reason) => {
    await expect(rows({ entities: [{ _key: '1', _type: 'acme_user' }] }, sql)).rejects.toThrow(reason);
  });

  it('answers from an empty graph', async () => {
    expect(await rows({}, 'SELECT count(*) FROM entities, relationships')).toEqual([[0]]);
  });
});
