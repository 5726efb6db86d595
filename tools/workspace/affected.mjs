// Install, then everything that `npm test` checks, in the projects that a change since the commit BASE_SHA affects.
import { argv, env } from 'node:process';
import { CHECKS, install, nx, requireNode, WORKSPACE_CHECKS } from './steps.mjs';

const base = env['BASE_SHA'] ?? '';
if (!/^[0-9a-f]{40}$/.test(base)) {
  console.error('BASE_SHA must be the full hash of a commit.');
  process.exit(1);
}
requireNode();
install();
nx('affected', `--base=${base}`, '--head=HEAD', `--targets=lint,${CHECKS}`, '--output-style=static', ...argv.slice(2));
nx('run-many', `--targets=${WORKSPACE_CHECKS}`, '--projects=workspace', '--output-style=static');
