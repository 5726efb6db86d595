import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { compare } from '../kit/compare.js';
import type { Measurement } from '../kit/measurement.js';
import { runProcess, VENDOR_GRAPH } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';
import { startReplay } from '../replay/start-replay.js';

/** What is measured of a vendor. */
export interface VendorBenchmark {
  vendor: string;
  /** The simulator's options when it holds so many times the basic amount of data. */
  options: (times: number) => Record<string, number | string | boolean>;
  /** More variables for both programs. */
  env?: Readonly<Record<string, string>>;
  /** The bare program, in the folder `bare`. */
  bare?: string;
  /** False: the simulator answers by itself, where answers cannot be repeated. Default true: the byte server does. */
  replayed?: boolean;
  /** In ms. */
  latencies: readonly number[];
}

const SCALES = (process.env['BENCH_SCALES'] ?? '1,10').split(',').map(Number);

/** Runs a vendor's benchmark at each size and each latency. */
export async function measureVendor(benchmark: VendorBenchmark): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const times of SCALES) measurements.push(...(await measureScale(benchmark, times)));
  return measurements;
}

async function measureScale(
  { vendor, options, env = {}, bare, replayed = true, latencies }: VendorBenchmark,
  times: number,
): Promise<Measurement[]> {
  const simulator = await spawnSimulator(vendor, options(times));
  const replay = replayed ? await startReplay(simulator.baseUrl) : undefined;
  try {
    const credentials = { ...simulator.credentials['default'], ...(replay && { apiBaseUrl: replay.baseUrl }) };
    const all = { ...variables(vendor, credentials), ...env };
    const folder = fileURLToPath(new URL(`../../../../packages/${vendor}`, import.meta.url));
    const measurements: Measurement[] = [];
    for (const latencyMs of latencies) {
      await replay?.next(latencyMs);
      let traffic: { requests: number; peakInFlight: number } | undefined;
      const ours = {
        name: 'collect',
        run: async () => {
          await replay?.next(latencyMs);
          const figures = await runProcess([VENDOR_GRAPH, 'collect', folder, '--out', 'graph', '--quiet'], all);
          traffic = await replay?.next(latencyMs);
          return figures;
        },
      };
      const program = fileURLToPath(new URL(`../bare/${bare ?? ''}.js`, import.meta.url));
      const other = bare === undefined ? undefined : { name: 'bare', run: () => runProcess([program], all) };
      const measured = await compare(`${times}x, ${latencyMs} ms latency`, ours, other);
      measurements.push({ ...measured, ...traffic });
    }
    return measurements;
  } finally {
    replay?.close();
    await simulator.close();
  }
}
