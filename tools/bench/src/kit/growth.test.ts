import { describe, expect, it } from 'vitest';
import { growthOf } from './growth.js';
import type { Measurement } from './measurement.js';

function measured(amount: number, under: string, wallMs: readonly number[], cpuMs: readonly number[]): Measurement {
  return {
    case: `${amount}x, ${under}`,
    size: { amount, under },
    ours: wallMs.map((wall, index) => ({
      wallMs: wall,
      cpuMs: cpuMs[index] ?? Number.NaN,
      peakMb: 1,
      files: 1,
      writtenMb: 1,
    })),
  };
}

describe('growthOf', () => {
  it('divides our medians of the larger case by those of the smaller one, where the conditions are the same', () => {
    const growth = growthOf([
      measured(1, 'at once', [10, 99, 12], [5, 4, 6]),
      measured(1, 'slowly', [100], [5]),
      measured(10, 'at once', [90, 60, 30], [40, 50, 60]),
      measured(10, 'slowly', [200], [60]),
    ]);

    expect(growth).toEqual([
      { from: '1x, at once', to: '10x, at once', data: 10, medianWall: 5, medianCpu: 10 },
      { from: '1x, slowly', to: '10x, slowly', data: 10, medianWall: 2, medianCpu: 12 },
    ]);
  });

  it('compares each amount with the next smaller one, in whatever order they were measured', () => {
    const growth = growthOf([
      measured(50, 'at once', [800], [400]),
      measured(1, 'at once', [10], [5]),
      measured(10, 'at once', [100], [40]),
    ]);

    expect(growth).toEqual([
      { from: '10x, at once', to: '50x, at once', data: 5, medianWall: 8, medianCpu: 10 },
      { from: '1x, at once', to: '10x, at once', data: 10, medianWall: 10, medianCpu: 8 },
    ]);
  });

  it('finds none among cases of one amount, or of none', () => {
    const small = measured(1, 'at once', [10], [5]);
    const large = measured(10, 'at once', [10], [5]);

    expect(growthOf([small, measured(1, 'slowly', [10], [5]), { case: 'large', ours: large.ours }])).toEqual([]);
  });
});
