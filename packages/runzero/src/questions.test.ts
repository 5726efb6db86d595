import { readFileSync } from 'node:fs';
import type { StepEntityMetadata } from '@jupiterone/integration-sdk-core';
import { startSimulator } from '@vendor-graph/simulators';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runZeroIntegration } from './integration.js';
import { runIntegration } from './testing/run-integration.js';

// One whole collection over real sockets; the default is for unit tests on an idle machine.
vi.setConfig({ hookTimeout: 60_000 });

const FILE = new URL('../jupiterone/questions/questions.yaml', import.meta.url);
const QUERIES = readFileSync(FILE, 'utf8')
  .split(/query: \|\n/)
  .slice(1)
  .map((text) => /^(?: {10}.*\n?)+/.exec(text)?.[0].replaceAll(/\s+/g, ' ').trim() ?? '');

const KEYWORDS = new Set([
  'FIND',
  'WITH',
  'THAT',
  'AS',
  'WHERE',
  'AND',
  'OR',
  'RETURN',
  'HAS',
  'ASSIGNED',
  'true',
  'false',
  'undefined',
]);

/** The properties that occur on the simulator's graph. */
const properties = new Set<string>();

beforeAll(async () => {
  const simulator = await startSimulator('runzero');
  const { entities, relationships } = await runIntegration({
    ...simulator.credentials['default'],
    apiBaseUrl: simulator.baseUrl,
  });
  await simulator.close();
  for (const object of [...entities, ...relationships]) {
    for (const [name, value] of Object.entries(object)) if (value !== undefined) properties.add(name);
  }
});

describe('the managed questions', () => {
  it('have a query each', () => {
    expect(QUERIES.length).toBeGreaterThanOrEqual(9);
    expect(QUERIES.every((query) => query.startsWith('FIND rumble_'))).toBe(true);
  });

  it.each(QUERIES)('ask for types and properties that exist: %s', (query) => {
    const words = query.replaceAll(/'[^']*'/g, '').match(/[A-Za-z_][\w]*/g) ?? [];
    const aliases = new Set([...query.matchAll(/ AS (\w+)/g)].map(([, alias]) => alias));
    const types = new Set(
      runZeroIntegration().integrationSteps.flatMap(({ entities }: { entities: StepEntityMetadata[] }) =>
        entities.map(({ _type }) => _type),
      ),
    );

    const unknown = words.filter(
      (word) => !KEYWORDS.has(word) && !aliases.has(word) && !types.has(word) && !properties.has(word),
    );

    expect(unknown).toEqual([]);
  });
});
