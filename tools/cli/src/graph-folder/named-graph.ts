import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { locateVendor } from '../vendors/locate-vendor.js';
import { readGraphState, type GraphState } from './graph-state.js';

/** A collected graph as the user named it. */
export interface NamedGraph {
  /** The vendor, as far as the graph says whose it is; otherwise the name of its folder. */
  label: string;
  folder: string;
  /** Absent where another tool has collected. */
  state?: GraphState;
}

/**
 * Finds a collected graph by what the user wrote: the folder of a graph, or a vendor, whose last graph it is then.
 *
 * @throws CommandError when there is no graph.
 */
export function namedGraph(argument: string, cwd: string): NamedGraph {
  const folder = graphIn(resolve(cwd, argument)) ?? graphOfVendor(argument, cwd);
  const state = readGraphState(folder);
  return { label: state?.package ?? basename(folder), folder, ...(state === undefined ? {} : { state }) };
}

/** What the user should know of a graph before believing it; undefined when it is complete. */
export function incompleteness({ state }: NamedGraph): string | undefined {
  if (state === undefined) return undefined;
  if (state.status === 'running' || state.status === 'interrupted' || state.status === 'failure')
    return 'its collection did not come to its end';
  if (state.filtered) return 'its collection was limited to some steps';
  return state.partialTypes.length > 0 ? `incomplete: ${state.partialTypes.join(', ')}` : undefined;
}

function graphIn(folder: string): string | undefined {
  return existsSync(join(folder, 'graph')) ? folder : undefined;
}

function graphOfVendor(argument: string, cwd: string): string {
  const path = resolve(cwd, argument);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder && !existsSync(join(path, 'package.json')))
    throw new CommandError(`There is no collected graph in ${path}: it has no folder "graph".`);
  const { graphFolder, vendor } = locateVendor(argument, cwd);
  if (graphIn(graphFolder) !== undefined) return graphFolder;
  throw new CommandError(
    `There is no collected graph of ${vendor} in ${graphFolder}. Run: vendor-graph collect ${argument}`,
  );
}
