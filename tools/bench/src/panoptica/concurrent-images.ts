// The real collection against a program that asks for one image's vulnerabilities after the other.
import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { compare } from '../kit/compare.js';
import { report } from '../kit/report.js';
import { runProcess, VENDOR_GRAPH } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';

const PANOPTICA = fileURLToPath(new URL('../../../../packages/panoptica', import.meta.url));
const ONE_BY_ONE = fileURLToPath(new URL('./one-by-one.js', import.meta.url));
const IMAGES = 300;
const LATENCY_MS = 50;

const simulator = await spawnSimulator('panoptica', { images: IMAGES, latencyMs: LATENCY_MS });
try {
  const env = variables('panoptica', simulator.credentials['default'] ?? {});
  const measurement = await compare(
    `${IMAGES} images`,
    {
      name: 'collect',
      run: () => runProcess([VENDOR_GRAPH, 'collect', PANOPTICA, '--out', 'graph', '--quiet'], env),
    },
    { name: 'one request at a time', run: () => runProcess([ONE_BY_ONE], env) },
  );
  report('panoptica-waiting', `Panoptica at ${LATENCY_MS} ms latency: collect and one request at a time`, [
    measurement,
  ]);
} finally {
  await simulator.close();
}
