import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readManifest } from '../packages/manifest.js';
import type { Manifest } from '../packages/manifest.js';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly manifest: Manifest;
  readonly folder: string;
  /** What it loads, by folder. */
  readonly needs: readonly string[];
}

/**
 * A package and everything that is installed with it: its dependencies, the peers and optional dependencies that are there,
 * and theirs. By folder; the package itself comes first.
 *
 * @throws Error when a dependency is not installed.
 */
export function installedPackages(folder: string): Map<string, InstalledPackage> {
  const found = new Map<string, InstalledPackage>();
  const visit = (place: string): void => {
    if (found.has(place)) return;
    const manifest = readManifest(place);
    const needs = dependenciesOf(manifest, place);
    found.set(place, { manifest, folder: place, needs });
    needs.forEach(visit);
  };
  visit(realpathSync(folder));
  return found;
}

function dependenciesOf(manifest: Manifest, folder: string): string[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const isOptional = (name: string): boolean =>
    optionalDependencies[name] !== undefined || peerDependenciesMeta[name]?.optional === true;
  // An optional peer is brought by those who want it, not by this package.
  const names = Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies }).filter(
    (name) => peerDependenciesMeta[name]?.optional !== true || dependencies[name] !== undefined,
  );
  return names.flatMap((name) => {
    const place = resolvePackage(name, folder);
    if (place === undefined && !isOptional(name))
      throw new Error(`${manifest.name} needs ${name}, which is not installed. Run "npm test" or install first.`);
    return place ?? [];
  });
}

/** The folder that Node.js would find a package in. */
function resolvePackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return realpathSync(place);
    if (folder === dirname(folder)) return undefined;
  }
}
