import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphState } from '../src/graph-folder/graph-state.js';

/** An object as a test writes it down. */
type TestObject = { _key: string; _type: string } & Record<string, unknown>;

/** Writes a collected graph of one step. */
export function writeGraph(
  folder: string,
  graph: { entities?: readonly TestObject[]; relationships?: readonly TestObject[]; state?: Partial<GraphState> },
): string {
  for (const kind of ['entities', 'relationships'] as const) {
    const place = join(folder, 'graph', 'step', kind);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'objects.json'), JSON.stringify({ [kind]: graph[kind] ?? [] }));
  }
  const state: GraphState = {
    formatVersion: 1,
    status: 'success',
    package: 'acme',
    version: '1.2.3',
    simulated: false,
    filtered: false,
    instance: { id: 'acme-instance', name: 'Acme' },
    startedOn: 1_700_000_000_000,
    partialTypes: [],
    disabledTypes: [],
    ...graph.state,
  };
  writeFileSync(join(folder, 'vendor-graph.json'), JSON.stringify(state));
  return folder;
}
