import { spread, type Measurement } from './measurement.js';

/** What more data cost our program: medians of the larger case by those of the smaller one. */
export interface Growth {
  from: string;
  to: string;
  /** So many times the data. */
  data: number;
  /** So many times the wall time and the CPU time. */
  medianWall: number;
  medianCpu: number;
}

/** Compares each case with the next smaller one that was measured under the same conditions. */
export function growthOf(measurements: readonly Measurement[]): Growth[] {
  const sized = measurements.flatMap((measurement) =>
    measurement.size === undefined ? [] : [{ ...measurement, ...measurement.size }],
  );
  return sized.flatMap((larger) => {
    const [smaller] = sized
      .filter(({ amount, under }) => under === larger.under && amount < larger.amount)
      .toSorted((a, b) => b.amount - a.amount);
    if (smaller === undefined) return [];
    const times = (figure: 'wallMs' | 'cpuMs'): number => median(larger, figure) / median(smaller, figure);
    return {
      from: smaller.case,
      to: larger.case,
      data: larger.amount / smaller.amount,
      medianWall: times('wallMs'),
      medianCpu: times('cpuMs'),
    };
  });
}

function median({ ours }: Measurement, figure: 'wallMs' | 'cpuMs'): number {
  return spread(ours.map((run) => run[figure])).median;
}
