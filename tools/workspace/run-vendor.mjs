// `node tools/workspace/run-vendor.mjs collect|sync`: the main job for the vendor that VENDOR names, in a scheduled run.
// The secrets are in the environment, so nothing else runs with them: what is needed has been built before.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { nx, workspaceRoot } from './steps.mjs';

const target = argv[2];
const vendor = env['VENDOR'] ?? '';
if (target !== 'collect' && target !== 'sync') {
  console.error('Say what to do: collect or sync.');
  process.exit(1);
}
if (!/^[a-z][a-z0-9-]*$/.test(vendor) || !existsSync(join(workspaceRoot, 'packages', vendor, 'package.json'))) {
  console.error('VENDOR must name a folder in packages.');
  process.exit(1);
}
// A summary is the last file of a graph. Without one the collection has failed, and has said so.
if (target === 'sync' && !existsSync(join(workspaceRoot, 'packages', vendor, '.j1-integration', 'summary.json'))) {
  console.log(`${vendor} has not been collected: there is nothing to upload.`);
  process.exit(0);
}
nx('run-many', `--targets=${target}`, `--projects=${vendor}`, '--exclude-task-dependencies', '--output-style=stream');
