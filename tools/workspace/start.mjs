// `npm start`: install, build, collect all vendors from the built-in simulators.
import { join } from 'node:path';
import { install, nx, requireNode, step, workspaceRoot } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=build', '--output-style=static');
step(process.execPath, [
  join(workspaceRoot, 'tools', 'cli', 'bin', 'vendor-graph.js'),
  'collect',
  '--all',
  '--simulate',
]);

console.log(`
Each graph lies in packages/<vendor>/.j1-integration: the entities and relationships of a step in
graph/<step>/entities and graph/<step>/relationships, sorted by type in index/, the outcome in summary.json.

Next, one vendor by itself, or a real account:
  npx vendor-graph collect runzero --simulate
  RUNZERO_EXPORT_TOKEN=... npx vendor-graph collect runzero
  npx vendor-graph collect --help
`);
