import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { loadProblems } from '../checks/load-problems.js';
import { publintProblems } from '../checks/publint-problems.js';
import { typeProblems } from '../checks/type-problems.js';
import { readManifest } from '../packages/manifest.js';
import { manifestProblems } from '../packages/manifest-problems.js';
import { readTarball } from '../tarball/read-tarball.js';
import { tarballProblems } from '../tarball/tarball-problems.js';
import { unpackTarball } from '../tarball/unpack-tarball.js';
import { workspaceRoot } from '../workspace-root.js';

// check-package.js <folder of the package> <its tarball>, both from the root of the workspace.
const [folder, tarballPath] = argv.slice(2);
if (folder === undefined || tarballPath === undefined) throw new Error('Say which package to check, and its tarball.');
const tarball = join(workspaceRoot, tarballPath);
const files = readTarball(tarball);

// Below the package, so that the dependencies of the package are found.
const unpacked = join(workspaceRoot, folder, 'out-tsc', 'package');
rmSync(unpacked, { recursive: true, force: true });
unpackTarball(files, unpacked);

const types = await typeProblems(tarball);
const problems = [
  ...manifestProblems({ folder, manifest: readManifest(join(workspaceRoot, folder)) }).map(
    (text) => `manifest: ${text}`,
  ),
  ...tarballProblems(files, workspaceRoot).map((text) => `tarball: ${text}`),
  ...(await publintProblems(tarball)).map((text) => `publint: ${text}`),
  ...(types === undefined ? [] : [`attw: ${types}`]),
  ...(await loadProblems(unpacked, readManifest(unpacked))).map((text) => `smoke test: ${text}`),
];
rmSync(unpacked, { recursive: true });

if (problems.length > 0) {
  stderr.write(`${folder} cannot be published as it is:\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
  process.exitCode = 1;
} else {
  const bytes = [...files.values()].reduce((sum, content) => sum + content.length, 0);
  stdout.write(`${folder}: ${files.size} files, ${bytes} bytes unpacked, no problem.\n`);
}
