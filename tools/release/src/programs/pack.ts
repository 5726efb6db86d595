import { join } from 'node:path';
import { argv } from 'node:process';
import { packPackage } from '../packages/pack-package.js';
import { workspaceRoot } from '../workspace-root.js';

// pack.js <folder of the package> <tarball>, both from the root of the workspace.
const [folder, tarball] = argv.slice(2);
if (folder === undefined || tarball === undefined) throw new Error('Say which package to pack, and to which file.');
await packPackage(workspaceRoot, folder, join(workspaceRoot, tarball));
