import type { Measurement } from './measurement.js';
import type { ProcessFigures } from './run-process.js';

/** So many pairs are counted. */
const RUNS = Number(process.env['BENCH_RUNS'] ?? 5);

/** A program that is measured. */
export interface Contender {
  name: string;
  run(): Promise<ProcessFigures>;
}

/**
 * Runs two programs in turn, so that a slow or busy machine changes both; or one, where there is no other.
 *
 * @param isWarm False: the other program runs once more before, which warms up the file system.
 */
export async function compare(name: string, ours: Contender, other?: Contender, isWarm = false): Promise<Measurement> {
  const measurement = { case: name, ours: [] as ProcessFigures[], other: [] as ProcessFigures[] };
  if (!isWarm) await other?.run();
  for (let run = 0; run < RUNS; run += 1) {
    measurement.ours.push(await ours.run());
    if (other !== undefined) measurement.other.push(await other.run());
  }
  return {
    case: name,
    ours: measurement.ours,
    ...(other !== undefined && { other: { name: other.name, runs: measurement.other } }),
  };
}
