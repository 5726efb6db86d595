import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectReport } from '../collect/collect-report.js';
import type { RunStatus } from '../collect/run-status.js';

/** Beside the SDK's summary.json, in the folder of a graph. */
export const GRAPH_STATE_FILE = 'vendor-graph.json';

/** What a graph is: of which run, and whether it may be taken for complete. */
export interface GraphState {
  formatVersion: 1;
  /** `running` while it is collected, and for ever when the run died. */
  status: RunStatus | 'running';
  package: string;
  version: string;
  /** Collected from a simulator: never to be uploaded to anybody. */
  simulated: boolean;
  /** Limited by `--step` or `--skip`: never to be finalized. */
  filtered: boolean;
  instance: { id: string; name: string };
  /** ms since the epoch. */
  startedOn: number;
  endedOn?: number;
  /** Types of steps that failed or depend on one that did: what is missing of them must not be deleted. */
  partialTypes: string[];
  /** Types of steps that were off for another reason than `--step` and `--skip`: the mode, an ingestion source. */
  disabledTypes: string[];
  /** The same document that `collect --json` writes; absent while the run goes on. */
  report?: CollectReport;
}

/** The state of the graph in a folder; undefined when it has none, or one of another format. */
export function readGraphState(folder: string): GraphState | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(join(folder, GRAPH_STATE_FILE), 'utf8'));
    return isGraphState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isGraphState(value: unknown): value is GraphState {
  return typeof value === 'object' && value !== null && 'formatVersion' in value && value.formatVersion === 1;
}
