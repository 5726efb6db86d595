import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { billOfMaterials } from '../dependencies/bill-of-materials.js';
import { installedPackages } from '../dependencies/installed-packages.js';
import { lockedIntegrity } from '../dependencies/locked-integrity.js';
import { workspaceRoot } from '../workspace-root.js';

// write-bill-of-materials.js <folder of the package> <file>, both from the root of the workspace.
const [folder, file] = argv.slice(2);
if (folder === undefined || file === undefined) throw new Error('Say for which package, and which file to write.');
const bill = billOfMaterials(installedPackages(join(workspaceRoot, folder)), lockedIntegrity(workspaceRoot));
mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
writeFileSync(join(workspaceRoot, file), `${JSON.stringify(bill, null, 2)}\n`);
