import { describe, expect, it } from 'vitest';
import { ratios, spread, type Measurement } from './measurement.js';
import type { ProcessFigures } from './run-process.js';

function run(figures: Partial<ProcessFigures>): ProcessFigures {
  return { wallMs: 1, cpuMs: 1, peakMb: 1, files: 1, writtenMb: 1, ...figures };
}

describe('spread', () => {
  it.each([
    ['one value', [7], { min: 7, median: 7, max: 7 }],
    ['an odd number of values', [30, 4, 200], { min: 4, median: 30, max: 200 }],
    ['an even number of values: the lower one in the middle', [4, 1, 3, 2], { min: 1, median: 2, max: 4 }],
    ['equal values', [5, 5, 5, 9], { min: 5, median: 5, max: 9 }],
  ])('gives minimum, median and maximum of %s', (_, values, expected) => {
    expect(spread(values)).toEqual(expected);
  });

  it('leaves the order of the values alone', () => {
    const values = [3, 1, 2];

    spread(values);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe('ratios', () => {
  it('divides the runs of each pair, not the medians', () => {
    const measurement: Measurement = {
      case: '1x',
      ours: [run({ wallMs: 100 }), run({ wallMs: 900 }), run({ wallMs: 300 })],
      other: { name: 'bare', runs: [run({ wallMs: 100 }), run({ wallMs: 300 }), run({ wallMs: 200 })] },
    };

    expect(ratios(measurement, 'wallMs')).toEqual({ min: 1, median: 1.5, max: 3 });
  });

  it.each([
    ['wallMs', 0.5],
    ['cpuMs', 3],
    ['peakMb', 4],
  ] as const)('takes the figure %s', (figure, ratio) => {
    const measurement: Measurement = {
      case: '1x',
      ours: [run({ wallMs: 1, cpuMs: 6, peakMb: 8 })],
      other: { name: 'bare', runs: [run({ wallMs: 2, cpuMs: 2, peakMb: 2 })] },
    };

    expect(ratios(measurement, figure)).toEqual({ min: ratio, median: ratio, max: ratio });
  });

  it('says nothing where there is no other program', () => {
    expect(ratios({ case: '1x', ours: [run({})] }, 'cpuMs')).toBeUndefined();
  });
});
