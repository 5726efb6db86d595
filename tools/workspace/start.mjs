// `npm start`: install, build, collect all vendors from the built-in simulators, and show their graph as a page.
import { join } from 'node:path';
import { install, nx, requireNode, step, workspaceRoot } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=build', '--output-style=static');
const vendorGraph = join(workspaceRoot, 'tools', 'cli', 'bin', 'vendor-graph.js');
const page = join(workspaceRoot, '.j1-integration', 'graph.html');
step(process.execPath, [vendorGraph, 'collect', '--all', '--simulate']);
step(process.execPath, [vendorGraph, 'visualize', '--all', '--quiet', '--out', page]);

console.log(`
Each graph lies in packages/<vendor>/.j1-integration: the entities and relationships of a step in
graph/<step>/entities and graph/<step>/relationships, sorted by type in index/, the outcome in summary.json.

Look at all four in a browser, offline: open
  ${page}

Next, one vendor by itself, or a real account:
  npx vendor-graph collect runzero --simulate
  RUNZERO_EXPORT_TOKEN=... npx vendor-graph collect runzero
  npx vendor-graph visualize runzero
  npx vendor-graph --help
`);
