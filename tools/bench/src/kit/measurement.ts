import type { ProcessFigures } from './run-process.js';
import type { WrittenObjects } from './written-objects.js';

/** Minimum, median and maximum. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** One case of a benchmark: two programs in turn, and what they took. */
export interface Measurement {
  case: string;
  /** How much data there was, in any unit, and under which conditions; cases that differ in the amount alone show growth. */
  size?: { amount: number; under: string };
  ours: readonly ProcessFigures[];
  /** The program that it is compared with, if there is one. */
  other?: { name: string; runs: readonly ProcessFigures[] };
  /** Of our program's last run. */
  requests?: number;
  peakInFlight?: number;
  /** What each program wrote. */
  objects?: { ours: WrittenObjects; other?: WrittenObjects };
}

/** Of an even number of values the lower one of the middle is the median: a figure that was measured. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { min: at(0), median: at(Math.floor((sorted.length - 1) / 2)), max: at(sorted.length - 1) };
}

/** The ratio ours/other of each pair. */
export function ratios({ ours, other }: Measurement, figure: 'wallMs' | 'cpuMs' | 'peakMb'): Spread | undefined {
  if (other === undefined) return undefined;
  return spread(ours.map((run, index) => run[figure] / (other.runs[index]?.[figure] ?? Number.NaN)));
}
