import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { installedPackages } from '../dependencies/installed-packages.js';
import type { InstalledPackage } from '../dependencies/installed-packages.js';
import { licenceProblems } from '../dependencies/licence-problems.js';
import { publishedPackages } from '../packages/published-packages.js';
import { workspaceRoot } from '../workspace-root.js';

// The licences of everything that is installed with what we publish.
const all = new Map<string, InstalledPackage>(
  publishedPackages(workspaceRoot).flatMap(({ folder }) => [...installedPackages(join(workspaceRoot, folder))]),
);
const problems = licenceProblems(all.values());
if (problems.length > 0) {
  stderr.write(`Licences that need a decision (licence-problems.ts):\n${problems.map((one) => `- ${one}\n`).join('')}`);
  process.exitCode = 1;
} else stdout.write(`The licences of ${all.size} packages are in order.\n`);
