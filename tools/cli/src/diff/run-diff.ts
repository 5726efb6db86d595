import { EXIT_CODES } from '../collect/run-status.js';
import { incompleteness, namedGraph, type NamedGraph } from '../graph-folder/named-graph.js';
import { exitCodeOf, openCommandIo, type OutputOptions } from '../terminal/command-io.js';
import { neutralize } from '../terminal/neutralize.js';
import type { ComparedGraph, DiffReport } from './diff-report.js';
import { diffSummary } from './diff-summary.js';
import { graphDifference } from './graph-difference.js';

/** The options of `vendor-graph diff`. */
export interface DiffOptions extends OutputOptions {
  json: boolean;
}

/**
 * `vendor-graph diff`.
 *
 * @returns the exit code.
 */
export async function runDiff(before: string, after: string, options: DiffOptions): Promise<number> {
  const io = openCommandIo(options);
  return exitCodeOf(io, async () => {
    const [a, b] = [namedGraph(before, process.cwd()), namedGraph(after, process.cwd())];
    const ignorePorts = isSimulated(a) && isSimulated(b);
    const types = await graphDifference(a.folder, b.folder, { ignorePorts });
    const report: DiffReport = { before: compared(a), after: compared(b), equal: types.length === 0, types };
    io.streams.result(options.json ? `${neutralize(JSON.stringify(report))}\n` : diffSummary(report));
    return EXIT_CODES.success;
  });
}

function isSimulated({ state }: NamedGraph): boolean {
  return state?.simulated === true;
}

function compared(graph: NamedGraph): ComparedGraph {
  const incomplete = incompleteness(graph);
  return {
    package: graph.label,
    graph: graph.folder,
    simulated: isSimulated(graph),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}
