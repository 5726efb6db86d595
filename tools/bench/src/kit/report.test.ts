import { describe, expect, it } from 'vitest';
import type { Measurement } from './measurement.js';
import { growthTable, table } from './report.js';

const PAIR: Measurement = {
  case: '10x, 0 ms latency',
  ours: [
    { wallMs: 3_000, cpuMs: 2_000, peakMb: 120, files: 7, writtenMb: 1.5 },
    { wallMs: 2_000, cpuMs: 1_000, peakMb: 150.4, files: 8, writtenMb: 1.5 },
    { wallMs: 9_000, cpuMs: 6_000, peakMb: 130, files: 9, writtenMb: 1.5 },
  ],
  other: {
    name: 'bare',
    runs: [
      { wallMs: 2_000, cpuMs: 1_000, peakMb: 60, files: 4, writtenMb: 1.25 },
      { wallMs: 2_000, cpuMs: 2_000, peakMb: 60, files: 4, writtenMb: 1.25 },
      { wallMs: 3_000, cpuMs: 2_000, peakMb: 65, files: 4, writtenMb: 1.25 },
    ],
  },
};

describe('table', () => {
  it('shows medians of both programs, and the spread of their ratio', () => {
    expect(table([PAIR])).toEqual([
      '| case | figure | ours | other | ratio min | median | max |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| 10x, 0 ms latency | wall, s | 3.00 | 2.00 | 1.00 | 1.50 | 3.00 |',
      '| 10x, 0 ms latency | CPU, s | 2.00 | 2.00 | 0.50 | 2.00 | 3.00 |',
      '| 10x, 0 ms latency | peak memory, MB | 130 | 60.00 | 2.00 | 2.00 | 2.51 |',
      '| 10x, 0 ms latency | files | 9 | 4 |  |  |  |',
      '| 10x, 0 ms latency | written, MB | 1.50 | 1.25 |  |  |  |',
    ]);
  });

  it('shows objects and traffic where they were counted', () => {
    const rows = table([
      {
        ...PAIR,
        requests: 31,
        peakInFlight: 4,
        objects: {
          ours: {
            'entities/acme_host': { count: 3, digest: 1 },
            'entities/acme_account': { count: 1, digest: 2 },
            'relationships/acme_account_has_host': { count: 3, digest: 3 },
          },
          other: {
            'entities/acme_host': { count: 3, digest: 1 },
            'relationships/acme_account_has_host': { count: 2, digest: 4 },
          },
        },
      },
    ]);

    expect(rows.slice(5)).toEqual([
      '| 10x, 0 ms latency | entities | 4 | 3 |  |  |  |',
      '| 10x, 0 ms latency | relationships | 3 | 2 |  |  |  |',
      '| 10x, 0 ms latency | of these the same | 3 | 3 |  |  |  |',
      '| 10x, 0 ms latency | files | 9 | 4 |  |  |  |',
      '| 10x, 0 ms latency | written, MB | 1.50 | 1.25 |  |  |  |',
      '| 10x, 0 ms latency | requests (most at once) | 31 (4) |  |  |  |  |',
    ]);
  });

  it('has the same cells where there is no other program', () => {
    expect(table([{ case: PAIR.case, ours: PAIR.ours }]).slice(2)).toEqual([
      '| 10x, 0 ms latency | wall, s | 3.00 |  |  |  |  |',
      '| 10x, 0 ms latency | CPU, s | 2.00 |  |  |  |  |',
      '| 10x, 0 ms latency | peak memory, MB | 130 |  |  |  |  |',
      '| 10x, 0 ms latency | files | 9 |  |  |  |  |',
      '| 10x, 0 ms latency | written, MB | 1.50 |  |  |  |  |',
    ]);
  });
});

describe('growthTable', () => {
  it('shows how many times the data took how many times the time', () => {
    const growth = [{ from: '1x, 0 ms latency', to: '10x, 0 ms latency', data: 10, medianWall: 8.456, medianCpu: 9.5 }];

    expect(growthTable(growth)).toEqual([
      '| growth of ours | data | median wall | median CPU |',
      '| --- | --- | --- | --- |',
      '| 10x, 0 ms latency / 1x, 0 ms latency | × 10.00 | × 8.46 | × 9.50 |',
    ]);
  });
});
