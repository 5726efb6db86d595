import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_DEPENDENCIES, readManifest } from './manifest.js';
import type { Manifest } from './manifest.js';

/** A package of the workspace. */
export interface WorkspacePackage {
  /** From the root of the workspace, e.g. `shared/http`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

const FOLDERS = ['packages', 'shared', 'tools'];

/** Every package of a workspace, private ones too. */
export function workspacePackages(root: string): WorkspacePackage[] {
  return FOLDERS.flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(root, folder)) }));
}

/** Every package of a workspace that is published, each after those of them that it needs. */
export function publishedPackages(root: string): WorkspacePackage[] {
  return inOrderOfDependency(workspacePackages(root).filter(({ manifest }) => manifest.private !== true));
}

function inOrderOfDependency(packages: readonly WorkspacePackage[]): WorkspacePackage[] {
  const byName = new Map(packages.map((one) => [one.manifest.name, one]));
  const sorted = new Set<WorkspacePackage>();
  const visit = (one: WorkspacePackage, path: readonly string[]): void => {
    const { name } = one.manifest;
    if (path.includes(name)) throw new Error(`These packages need each other: ${[...path, name].join(' -> ')}`);
    for (const kind of INSTALLED_DEPENDENCIES)
      for (const dependency of Object.keys(one.manifest[kind] ?? {})) {
        const needed = byName.get(dependency);
        if (needed !== undefined && !sorted.has(needed)) visit(needed, [...path, name]);
      }
    sorted.add(one);
  };
  for (const one of packages) visit(one, []);
  return [...sorted];
}
