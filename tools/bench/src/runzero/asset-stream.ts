// The real collection of one organization's assets against a bare program that reads, splits and parses the same stream.
import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { compare } from '../kit/compare.js';
import { report } from '../kit/report.js';
import { runProcess, VENDOR_GRAPH } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';

const RUNZERO = fileURLToPath(new URL('../../../../packages/runzero', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-stream.js', import.meta.url));
const ASSET_BYTES = 4_096;
const assets = Number(process.env['BENCH_ASSETS'] ?? 20_000);

const simulator = await spawnSimulator('runzero', { assets, assetBytes: ASSET_BYTES, organizations: 1 });
try {
  const env = variables('runzero', simulator.credentials['export-token'] ?? {});
  const measurement = await compare(
    `${assets} assets`,
    {
      name: 'collect',
      run: () => runProcess([VENDOR_GRAPH, 'collect', RUNZERO, '--out', 'graph', '--quiet'], env),
    },
    { name: 'read, split, parse', run: () => runProcess([BARE], env) },
  );
  report('runzero-stream', 'runZero: collect and a program that only reads, splits and parses the same stream', [
    measurement,
  ]);
} finally {
  await simulator.close();
}
