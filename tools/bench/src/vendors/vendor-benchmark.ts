import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { compare } from '../kit/compare.js';
import type { Measurement } from '../kit/measurement.js';
import { runProcess, VENDOR_GRAPH, type ProcessFigures } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';
import { writtenObjects, type WrittenObjects } from '../kit/written-objects.js';
import { noReplay } from '../replay/no-replay.js';
import { startReplay, type Traffic } from '../replay/start-replay.js';

/** What is measured of a vendor. */
export interface VendorBenchmark {
  vendor: string;
  /** The simulator's options; `scaled` makes a basic amount as many times larger as the case wants, a whole number. */
  options: (scaled: (amount: number) => number) => Record<string, number | string | boolean>;
  /** More variables for both programs. */
  env?: Readonly<Record<string, string>>;
  /** The bare program, in the folder `bare`. */
  bare?: string;
  /** False: the simulator answers by itself, at once, where answers cannot be repeated. Default true: the byte server does. */
  replayed?: boolean;
}

const SCALES = numbers(process.env['BENCH_SCALES'] ?? '1,10');
/** In ms. */
const LATENCIES = numbers(process.env['BENCH_LATENCIES'] ?? '0,50');

/** Runs a vendor's benchmark at each size and each latency. */
export async function measureVendor(benchmark: VendorBenchmark): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const times of SCALES) measurements.push(...(await measureScale(benchmark, times)));
  return measurements;
}

async function measureScale(
  { vendor, options, env = {}, bare, replayed = true }: VendorBenchmark,
  times: number,
): Promise<Measurement[]> {
  const simulator = await spawnSimulator(
    vendor,
    options((amount) => Math.max(1, Math.round(amount * times))),
  );
  const server = replayed ? await startReplay(simulator.baseUrl) : noReplay(simulator.baseUrl);
  try {
    const credentials = { ...simulator.credentials['default'], apiBaseUrl: server.baseUrl };
    const all = { ...variables(vendor, credentials), ...env };
    const folder = fileURLToPath(new URL(`../../../../packages/${vendor}`, import.meta.url));
    const collect: Program = (inspect) =>
      runProcess([VENDOR_GRAPH, 'collect', folder, '--out', 'graph', '--quiet'], all, inspect);
    const other: Program | undefined =
      bare === undefined
        ? undefined
        : (inspect) => runProcess([fileURLToPath(new URL(`../bare/${bare}.js`, import.meta.url))], all, inspect);
    // These runs warm up the file system, too, and the byte server, which now has the answers to both programs' requests.
    const objects = {
      ours: await objectsOf(collect),
      ...(other !== undefined && { other: await objectsOf(other) }),
    };
    const measurements: Measurement[] = [];
    for (const latencyMs of replayed ? LATENCIES : [0]) {
      await server.next(latencyMs);
      let traffic: Traffic | undefined;
      const ours = {
        name: 'collect',
        run: async () => {
          await server.next(latencyMs);
          const figures = await collect();
          traffic = await server.next(latencyMs);
          return figures;
        },
      };
      const under = `${latencyMs} ms latency`;
      const measured = await compare(
        `${times}x, ${under}`,
        ours,
        other === undefined ? undefined : { name: 'bare', run: () => other() },
        true,
      );
      measurements.push({ ...measured, ...traffic, size: { amount: times, under }, objects });
    }
    return measurements;
  } finally {
    await server.close();
    await simulator.close();
  }
}

type Program = (inspect?: (graph: string) => void) => Promise<ProcessFigures>;

async function objectsOf(program: Program): Promise<WrittenObjects> {
  let objects: WrittenObjects = {};
  await program((graph) => {
    objects = writtenObjects(graph);
  });
  return objects;
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}
