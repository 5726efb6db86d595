// What every run costs before it does anything: the help, and the collection of an account that holds nothing.
import { fileURLToPath } from 'node:url';
import { spawnSimulator } from '@vendor-graph/simulators';
import { compare } from '../kit/compare.js';
import { report } from '../kit/report.js';
import { runProcess, VENDOR_GRAPH } from '../kit/run-process.js';
import { variables } from '../kit/variables.js';

const AQUASEC = fileURLToPath(new URL('../../../../packages/aquasec', import.meta.url));

const simulator = await spawnSimulator('aquasec', { users: 0, groups: 0, apiKeys: 0, cloudAccounts: 0 });
try {
  const env = variables('aquasec', simulator.credentials['default'] ?? {});
  const node = { name: 'node that does nothing', run: () => runProcess(['--eval', '0'], {}) };
  const help = { name: '--help', run: () => runProcess([VENDOR_GRAPH, '--help'], {}) };
  const empty = {
    name: 'collect',
    run: () => runProcess([VENDOR_GRAPH, 'collect', AQUASEC, '--out', 'graph', '--quiet'], env),
  };
  report('start-up', 'Start-up, and node that does nothing', [
    await compare('--help', help, node),
    await compare('collect of an empty account', empty, node),
  ]);
} finally {
  await simulator.close();
}
