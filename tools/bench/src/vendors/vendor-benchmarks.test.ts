import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Growth } from '../kit/growth.js';
import type { Measurement } from '../kit/measurement.js';

let results: string;

beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(() => {
  rmSync(results, { recursive: true });
});

/** Runs a vendor's benchmark as Nx does, on a hundredth of the data. */
async function benchmark(vendor: string): Promise<string> {
  const program = fileURLToPath(new URL(`../../dist/vendors/${vendor}.js`, import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      BENCH_RESULTS: results,
      BENCH_RUNS: '1',
      BENCH_SCALES: '0.01',
      BENCH_LATENCIES: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  // A program that is measured and fails ends the benchmark.
  expect(code, stderr).toBe(0);
  return stdout;
}

interface Report {
  measurements: Measurement[];
  growth: Growth[];
}

describe.each([
  [
    'runzero',
    {
      'entities/rumble_organization': 3,
      'entities/rumble_site': 9,
      'entities/rumble_user': 12,
      'entities/rumble_asset': 201,
      'relationships/rumble_site_has_asset': 201,
    },
  ],
  [
    'aquasec',
    {
      'entities/aquasec_user': 20,
      'entities/aquasec_group': 1,
      'entities/aquasec_api_key': 5,
      'relationships/aquasec_group_has_user': 18,
    },
  ],
  [
    'panoptica',
    {
      'entities/panoptica_image': 3,
      'entities/panoptica_container': 30,
      'entities/panoptica_vulnerability': 240,
      'relationships/panoptica_image_has_vulnerability': 600,
    },
  ],
])('the benchmark of %s', (vendor, counts) => {
  it('compares two programs that write the same objects, and leaves a table, JSON and a plot', async () => {
    const table = await benchmark(vendor);
    const report = JSON.parse(readFileSync(join(results, `${vendor}.json`), 'utf8')) as Report;
    const [measurement] = report.measurements;
    const { ours = {}, other = {} } = measurement?.objects ?? {};

    expect(report.measurements).toHaveLength(1);
    expect(measurement).toMatchObject({
      case: '0.01x, 0 ms latency',
      size: { amount: 0.01, under: '0 ms latency' },
      ours: [{}],
      other: { name: 'bare', runs: [{}] },
    });
    expect(other).toMatchObject(Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, { count }])));
    // Whatever the bare program writes: the counts and the contents.
    expect(ours).toMatchObject(other);
    expect(measurement?.requests).toBeGreaterThan(3);
    expect(report.growth).toEqual([]);
    expect(table).toMatch(/^# .*\n\n\| case \| figure \| ours \| other \|/);
    expect(readFileSync(join(results, `${vendor}.svg`), 'utf8')).toContain('0.01x, 0 ms latency');
    expect(readdirSync(results).toSorted()).toEqual([`${vendor}.json`, `${vendor}.svg`]);
  });
});
