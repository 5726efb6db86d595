import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../test-support/run-command.js';
import { writeGraph } from '../../test-support/write-graph.js';

const PROCESS_TIMEOUT_MS = 60_000;
const USERS = 1_200;

describe('vendor-graph export', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let cwd: string;
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'export-'));
    const users = Array.from({ length: USERS }, (_, index) => ({
      _key: `user:${index}`,
      _type: 'acme_user',
      _class: ['User'],
      name: ['=1+1', 'a "b"\r\nc, d', '<&>\u0001', '\ud83d\ude00'][index] ?? `User ${index}`,
      age: index,
      email: [`u${index}@example.com`],
      _rawData: [{ name: 'default', rawData: { secret: 'raw' } }],
    }));
    const has = users.map(({ _key }) => ({
      ...{ _key: `account|has|${_key}`, _type: 'acme_account_has_user', _class: 'HAS' },
      ...{ _fromEntityKey: 'account', _toEntityKey: _key },
    }));
    const account = { _key: 'account', _type: 'acme_account', _class: ['Account'], name: 'Acme' };
    writeGraph(join(cwd, 'graph-of-acme'), { entities: [account, ...users], relationships: has });
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  const exportAs = async (format: string): Promise<string> => {
    const { code, stdout, stderr } = await runCommand(['export', './graph-of-acme', '--format', format], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    return stdout.trim();
  };
  async function ask(sql: string): Promise<unknown[][]> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = (await connection.runAndReadAll(sql)).getRowsJson();
    connection.closeSync();
    return rows;
  }

  it('writes CSV that reads as the same objects, with formulas made harmless', async () => {
    const out = await exportAs('csv');

    const file = join(out, 'entities', 'acme_user.csv');
    expect(await ask(`SELECT count(*), sum(age) FROM read_csv('${file}')`)).toEqual([['1200', '719400']]);
    expect(await ask(`SELECT name FROM read_csv('${file}') ORDER BY age LIMIT 2`)).toEqual([
      ["'=1+1"],
      ['a "b"\r\nc, d'],
    ]);
    expect(await ask(`SELECT count(*) FROM read_csv('${join(out, 'relationships', '*.csv')}')`)).toEqual([['1200']]);
    expect(readdirSync(join(out, 'entities')).sort()).toEqual(['acme_account.csv', 'acme_user.csv']);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
  });

  it('writes Parquet that reads as the same objects', async () => {
    const out = await exportAs('parquet');

    const users = join(out, 'entities', 'acme_user.parquet');
    expect(await ask(`SELECT count(*), sum(age) FROM '${users}'`)).toEqual([['1200', '719400']]);
    expect(await ask(`SELECT name, email FROM '${users}' ORDER BY age LIMIT 1`)).toEqual([
      ['=1+1', ['u0@example.com']],
    ]);
    expect(await ask(`SELECT count(*) FROM '${join(out, 'relationships', '*.parquet')}'`)).toEqual([['1200']]);
  });

  it('writes GraphML with every node and edge', async () => {
    const graphml = readFileSync(await exportAs('graphml'), 'utf8');

    expect(graphml.match(/<node /g)).toHaveLength(1 + USERS);
    expect(graphml.match(/<edge /g)).toHaveLength(USERS);
    expect(graphml).toContain('<edge id="account|has|user:0" source="account" target="user:0">');
    expect(graphml).toContain('for="node" attr.name="age" attr.type="long"');
    expect(graphml).toContain('&#60;&#38;&#62;\ufffd</data>');
    expect(graphml).toContain('\u{1f600}');
    expect(graphml.endsWith('</graphml>\n')).toBe(true);
  });

  it('writes Cypher with one statement a line for each object', async () => {
    const lines = readFileSync(await exportAs('cypher'), 'utf8')
      .trimEnd()
      .split('\n');

    expect(lines).toHaveLength(1 + 1 + USERS + USERS);
    expect(lines.filter((line) => line.startsWith("MATCH (a:Entity {_key: 'account'})"))).toHaveLength(USERS);
    expect(lines.every((line) => line.endsWith(';'))).toBe(true);
  });

  it('asks for a format that there is', async () => {
    const { code, stderr } = await runCommand(['export', './graph-of-acme', '--format', 'xls'], { cwd });

    expect(code).toBe(1);
    expect(stderr).toContain('Allowed choices are csv, graphml, cypher, parquet');
  });
});
