import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn } from '../../test-support/graph-files.js';
import { GraphFolder } from './graph-folder.js';
import { readGraphState, type GraphState } from './graph-state.js';

const STATE: GraphState = {
  formatVersion: 1,
  status: 'running',
  package: 'acme',
  version: '1.0.0',
  simulated: false,
  filtered: false,
  instance: { id: 'i', name: 'n' },
  startedOn: 1,
  partialTypes: [],
  disabledTypes: [],
};
const SUMMARY = { integrationStepResults: [], metadata: { partialDatasets: { types: [] } } };

let parent: string;
let path: string;
const storage = (): string => process.env['JUPITERONE_INTEGRATION_STORAGE_DIRECTORY'] ?? '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'graph-'));
  path = join(parent, 'a', 'graph');
});
afterEach(() => {
  delete process.env['JUPITERONE_INTEGRATION_STORAGE_DIRECTORY'];
  rmSync(parent, { recursive: true });
});

function leaveGraph(): void {
  mkdirSync(join(path, 'graph', 'step'), { recursive: true });
  mkdirSync(join(path, 'index'));
  writeFileSync(join(path, 'graph', 'step', 'x.json'), '{}');
  symlinkSync(join(path, 'graph', 'step', 'x.json'), join(path, 'index', 'x.json'));
  writeFileSync(join(path, 'summary.json'), '{}');
  writeFileSync(join(path, '.env'), 'API_KEY=mine');
}

describe('GraphFolder', () => {
  it('leaves the previous graph alone until it is replaced', () => {
    leaveGraph();
    const before = filesIn(path);

    const folder = GraphFolder.claim(path);
    expect(storage()).not.toBe(path);
    folder.release();

    expect(filesIn(path)).toEqual(before);
  });

  it('removes the previous graph, and only that, when it is replaced', () => {
    leaveGraph();
    const folder = GraphFolder.claim(path);

    folder.replace(STATE);
    folder.release();

    expect(storage()).toBe(path);
    expect(Object.keys(filesIn(path)).sort()).toEqual(['.env', 'vendor-graph.json']);
    expect(readGraphState(path)).toEqual(STATE);
  });

  it('has a summary only when it is complete', () => {
    const folder = GraphFolder.claim(path);
    folder.replace(STATE);
    folder.seal();
    expect(storage()).not.toBe(path);
    expect(existsSync(join(path, 'summary.json'))).toBe(false);

    folder.commit({ ...STATE, status: 'success' }, SUMMARY);
    folder.release();

    expect(JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8'))).toEqual(SUMMARY);
    expect(readGraphState(path)?.status).toBe('success');
    expect(Object.keys(filesIn(path)).sort()).toEqual(['summary.json', 'vendor-graph.json']);
  });

  it('has no summary when the run is abandoned, and takes nothing more', () => {
    const folder = GraphFolder.claim(path);
    folder.replace(STATE);

    folder.abandon({ ...STATE, status: 'interrupted' });
    folder.release();

    expect(() => mkdirSync(storage(), { recursive: true })).toThrow('ENOTDIR');
    expect(Object.keys(filesIn(path))).toEqual(['vendor-graph.json']);
    expect(readGraphState(path)?.status).toBe('interrupted');
  });

  it('removes the folders that it made when nothing came into them', () => {
    GraphFolder.claim(path).release();

    expect(existsSync(join(parent, 'a'))).toBe(false);
    expect(existsSync(parent)).toBe(true);
  });

  it('refuses a folder that cannot be made', () => {
    writeFileSync(join(parent, 'a'), 'a file');

    expect(() => GraphFolder.claim(path)).toThrow(/^The graph cannot be written to .* \(ENOTDIR\)\. Name another/);
  });

  it('refuses a folder that another run has', () => {
    mkdirSync(join(path, '.collecting'), { recursive: true });
    writeFileSync(join(path, '.collecting', 'owner.json'), '{"token": "t", "pid": 7, "host": "elsewhere"}');

    expect(() => GraphFolder.claim(path)).toThrow('Another run (process 7 on elsewhere) is collecting into');
  });

  it('does not complete a graph that another run has taken over', () => {
    const folder = GraphFolder.claim(path);
    folder.replace(STATE);
    writeFileSync(join(path, '.collecting', 'owner.json'), '{"token": "t", "pid": 7, "host": "elsewhere"}');

    expect(() => {
      folder.commit({ ...STATE, status: 'success' }, SUMMARY);
    }).toThrow('Another run took');
    expect(existsSync(join(path, 'summary.json'))).toBe(false);
  });
});

describe('readGraphState', () => {
  it.each([
    ['nothing', undefined],
    ['something else', '[]'],
    ['a broken file', '{"formatVer'],
    ['a later format', '{"formatVersion": 2}'],
  ])('has no state for %s', (_what, content) => {
    mkdirSync(path, { recursive: true });
    if (content !== undefined) writeFileSync(join(path, 'vendor-graph.json'), content);

    expect(readGraphState(path)).toBeUndefined();
  });
});
