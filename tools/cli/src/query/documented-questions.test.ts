import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, WORKSPACE } from '../../test-support/run-command.js';
import { namedGraph } from '../graph-folder/named-graph.js';
import { loadDuckDb } from './duckdb.js';
import { GraphDatabase } from './graph-database.js';
import { graphIndex } from './graph-index.js';

const COLLECT_TIMEOUT_MS = 180_000;
const VENDORS = ['aquasec', 'panoptica', 'runzero', 'threatstack'];
/** JupiterOne alone can answer it: it needs what another integration collects. */
const WITHOUT_SQL = ['Which running EC2 instances have no Threat Stack agent?'];

interface Question {
  title: string;
  sql: string | undefined;
}

const page = readFileSync(join(WORKSPACE, 'docs', 'querying.md'), 'utf8');
const questions: Question[] = page
  .split('\n#### ')
  .slice(1)
  .map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    sql: /```sql\n([^]*?)\n```/.exec(section)?.[1],
  }));

describe('docs/querying.md', () => {
  it.each(VENDORS)('has every question of %s', (vendor) => {
    const yaml = readFileSync(join(WORKSPACE, 'packages', vendor, 'jupiterone/questions/questions.yaml'), 'utf8');
    const titles = [...yaml.matchAll(/^ +title: (.*)$/gm)].map(([, title]) => title);

    expect(titles.length).toBeGreaterThan(0);
    expect(questions.map(({ title }) => title)).toEqual(expect.arrayContaining(titles));
  });

  it('has SQL for every question that can be asked here', () => {
    expect(questions.filter(({ sql }) => sql === undefined).map(({ title }) => title)).toEqual(WITHOUT_SQL);
  });

  describe('on simulated data', () => {
    let folder: string;
    let database: GraphDatabase;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'questions-'));
      const args = ['collect', ...VENDORS, '--simulate', '--quiet', '--out', folder];
      const { code, stderr } = await runCommand(args, {
        cwd: WORKSPACE,
        env: { THREATSTACK_ENABLED_SOURCES: 'alerts,ec2-coverage' },
      });
      expect([code, stderr]).toEqual([0, '']);
      const duckDb = await loadDuckDb();
      const graphs = [];
      for (const vendor of VENDORS) {
        const graph = namedGraph(join(folder, vendor), folder);
        graphs.push({ ...graph, index: await graphIndex(duckDb, graph.folder, () => undefined) });
      }
      database = await GraphDatabase.open(duckDb, graphs);
    }, COLLECT_TIMEOUT_MS);
    afterAll(() => {
      database.close();
      rmSync(folder, { recursive: true });
    });

    it.each(questions.flatMap(({ title, sql }) => (sql === undefined ? [] : [{ title, sql }])))(
      'answers: $title',
      async ({ sql }) => {
        const { columns } = await database.query(sql);

        expect(columns.length).toBeGreaterThan(0);
      },
    );

    it.each([
      'Which assets run an operating system whose support has ended?',
      'Which images have critical vulnerabilities that can be fixed?',
      'Which hosts have high-severity CVEs that nobody has suppressed?',
      'Who administers our Aqua account?',
    ])('finds somebody: %s', async (title) => {
      const { rows } = await database.query(questions.find((question) => question.title === title)?.sql ?? '');

      expect(rows.length).toBeGreaterThan(0);
    });
  });
});
