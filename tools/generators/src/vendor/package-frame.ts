import { writeJson, type Tree } from '@nx/devkit';
import { vendorPackages, type Manifest, type VendorPackage } from '../workspace/vendor-packages.js';
import { templateVariables } from './template-variables.js';
import type { VendorOptions } from './vendor-options.js';

/** Files that are the same in every vendor package. */
const SAME_EVERYWHERE = ['LICENSE', 'tsconfig.json', 'tsconfig.lib.json', 'tsconfig.spec.json', 'vitest.config.ts'];
/** What a package needs although no import says so. */
const TOOLS = ['@types/node', 'typescript', 'vitest'];

/**
 * Adds package.json and settings as the other vendor packages have them, so that what is decided for all of them holds for
 * a new one, too. Call it when the sources are written: what they import is what the package depends on.
 */
export function addPackageFrame(tree: Tree, options: VendorOptions): void {
  const [model, ...others] = vendorPackages(tree);
  if (model === undefined) throw new Error('There is no vendor package in packages/ to take the settings from.');
  const folder = `packages/${options.name}`;
  for (const file of SAME_EVERYWHERE) {
    const content = tree.read(`${model.folder}/${file}`);
    if (content === null) throw new Error(`${model.folder} has no ${file}, which every vendor package has.`);
    tree.write(`${folder}/${file}`, content);
  }
  writeJson(tree, `${folder}/package.json`, manifestFor(tree, options, model, others));
}

function manifestFor(
  tree: Tree,
  options: VendorOptions,
  model: VendorPackage,
  others: readonly VendorPackage[],
): Manifest {
  const { name } = options;
  const title = String(templateVariables(options)['title']);
  const renamed = JSON.parse(JSON.stringify(model.manifest).replaceAll(model.name, name)) as Manifest;
  const sources = importsOf(tree, `packages/${name}/src`);
  const known = [model, ...others].map(({ manifest }) => manifest);
  const peers = renamed.peerDependencies ?? {};
  const everywhere = Object.keys(model.manifest.dependencies ?? {}).filter((dependency) =>
    known.every((manifest) => Object.hasOwn(manifest.dependencies ?? {}, dependency)),
  );
  const dependencies = [...sources.code, ...everywhere].filter((dependency) => !Object.hasOwn(peers, dependency));
  const devDependencies = [...sources.tests, ...TOOLS, ...Object.keys(peers)].filter(
    (dependency) => !dependencies.includes(dependency),
  );
  return {
    ...renamed,
    version: '0.0.0',
    description: `${title} in the JupiterOne graph`,
    keywords: ['jupiterone', 'integration', name, 'graph', 'security'],
    dependencies: versionsOf(dependencies, known),
    devDependencies: versionsOf(devDependencies, known),
  };
}

/** The packages that the sources import, and those that their tests import. */
function importsOf(tree: Tree, folder: string): { code: Set<string>; tests: Set<string> } {
  const imports = { code: new Set<string>(), tests: new Set<string>() };
  for (const child of tree.children(folder)) {
    const path = `${folder}/${child}`;
    if (!tree.isFile(path)) {
      const { code, tests } = importsOf(tree, path);
      code.forEach((name) => imports.code.add(name));
      tests.forEach((name) => imports.tests.add(name));
      continue;
    }
    const kind = child.endsWith('.test.ts') ? 'tests' : 'code';
    for (const [, name] of (tree.read(path, 'utf8') ?? '').matchAll(/ from '((?:@[^/']+\/)?[^./'][^/']*)/g)) {
      if (name !== undefined && !name.startsWith('node:')) imports[kind].add(name);
    }
  }
  return imports;
}

/** The ranges that other vendor packages have for these dependencies. */
function versionsOf(dependencies: readonly string[], manifests: readonly Manifest[]): Record<string, string> {
  return Object.fromEntries(
    [...new Set(dependencies)].sort().map((dependency) => {
      const range = manifests
        .flatMap((manifest) => [manifest.dependencies?.[dependency], manifest.devDependencies?.[dependency]])
        .find((found) => found !== undefined);
      if (range === undefined) throw new Error(`No vendor package depends on ${dependency}, so its range is unknown.`);
      return [dependency, range];
    }),
  );
}
