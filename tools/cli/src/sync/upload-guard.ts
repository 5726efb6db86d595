import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '@vendor-graph/http';
import { CommandError } from '../command-error.js';
import { readGraphState, type GraphState } from '../graph-folder/graph-state.js';

/** Why nothing but a graph that a run has completed is ever uploaded. */
const WHY = 'JupiterOne deletes what an upload does not hold.';

/**
 * The state of a graph that may be uploaded.
 *
 * @param target where it would go.
 * @throws CommandError when it may not, with the reason and what to do.
 */
export function uploadableGraph(vendor: string, folder: string, target: URL): GraphState {
  const state = readGraphState(folder);
  const again = `Collect again: vendor-graph collect ${vendor}`;
  if (state === undefined)
    throw new CommandError(
      `${vendor}: there is no collected graph in ${folder}. First: vendor-graph collect ${vendor}`,
    );
  if ((state.status !== 'success' && state.status !== 'partial') || !existsSync(join(folder, 'summary.json'))) {
    const how = state.status === 'interrupted' ? 'was interrupted' : 'did not end';
    throw new CommandError(
      `${vendor}: the collection in ${folder} ${how}, so the graph is not complete. ${WHY} ${again}`,
    );
  }
  if (state.filtered)
    throw new CommandError(
      `${vendor}: the graph in ${folder} was limited by --step or --skip, so it is not complete. ${WHY} ${again}`,
    );
  if (state.simulated && !isLoopback(target))
    throw new CommandError(
      `${vendor}: the graph in ${folder} was collected from a simulator and is uploaded to nobody but an address of this machine. ${again}`,
    );
  return state;
}
