import { fileURLToPath } from 'node:url';
import { generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { formatChanges } from '../workspace/format-changes.js';
import { installDependencies } from '../workspace/install-dependencies.js';
import { addPackageFrame } from './package-frame.js';
import { registerSimulator } from './register-simulator.js';
import { templateVariables } from './template-variables.js';
import type { VendorOptions } from './vendor-options.js';

/** The templates stay in `src`; this file runs from `dist`. */
const TEMPLATES = fileURLToPath(new URL('../../src/vendor/files/', import.meta.url));

/**
 * Makes a vendor: `packages/<name>` and its simulator, complete and green, with one list of devices, the findings of each
 * device and the account, as a first version to change.
 *
 * @throws Error when there is such a package or simulator already
 */
export async function generate(tree: Tree, options: VendorOptions): Promise<GeneratorCallback> {
  addVendor(tree, options);
  await formatChanges(tree);
  return () => {
    if (options.skipInstall !== true) installDependencies(tree.root);
  };
}

/** The same without formatting. */
export function addVendor(tree: Tree, options: VendorOptions): void {
  const { name, auth, paging } = options;
  const folder = `packages/${name}`;
  const simulator = `tools/simulators/src/${name}`;
  if (!/^[a-z]{2,}$/.test(name)) {
    throw new Error(`"${name}" is no name for a vendor: use lower-case letters, like acme.`);
  }
  for (const taken of [folder, simulator]) {
    if (tree.exists(taken)) throw new Error(`${taken} exists already. Choose another name, or remove it first.`);
  }

  const variables = templateVariables(options);
  generateFiles(tree, `${TEMPLATES}package`, folder, variables);
  addPackageFrame(tree, options);
  generateFiles(tree, `${TEMPLATES}simulator`, simulator, variables);
  generateFiles(tree, `${TEMPLATES}authentication/${auth}`, simulator, variables);
  if (variables['isPaged'] === true) generateFiles(tree, `${TEMPLATES}paging/${paging}`, simulator, variables);
  registerSimulator(tree, name);
}
