// The real collection of one organization's assets against a bare program that reads, splits and parses the same stream.
import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { comparePairs } from '../kit/paired-runs.js';
import { runProcess, VENDOR_GRAPH } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';

const RUNZERO = fileURLToPath(new URL('../../../../packages/runzero', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-stream.js', import.meta.url));
const ASSET_BYTES = 4_096;
const assets = Number(process.env['BENCH_ASSETS'] ?? 20_000);

const simulator = await spawnSimulator('runzero', { assets, assetBytes: ASSET_BYTES, organizations: 1 });
try {
  const env = variables('runzero', simulator.credentials['export-token'] ?? {});
  await comparePairs(
    `runZero: ${assets} assets of ${ASSET_BYTES} bytes`,
    {
      name: 'collect',
      run: async () => (await runProcess([VENDOR_GRAPH, 'collect', RUNZERO, '--out', 'graph', '--quiet'], env)).figures,
    },
    { name: 'read, split, parse', run: async () => (await runProcess([BARE], env)).figures },
  );
} finally {
  await simulator.close();
}
