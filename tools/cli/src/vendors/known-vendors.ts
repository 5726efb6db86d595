import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from './manifest.js';
import { findWorkspace } from './workspace.js';

/** The scope that the vendor packages of this project are published under. */
export const VENDOR_SCOPE = '@vendor-graph';

/**
 * The vendors that can be named without a path: those of the workspace that `cwd` lies in, otherwise those that are
 * installed where `cwd` or the command itself finds packages.
 */
export function knownVendors(cwd: string): string[] {
  const workspace = findWorkspace(cwd);
  const folders = workspace === undefined ? installedPackages(cwd) : subfolders(join(workspace, 'packages'));
  const vendors = folders
    .map(readManifest)
    .filter((manifest) => manifest !== undefined)
    .filter(
      ({ keywords, dependencies }) => keywords.includes('integration') && `${VENDOR_SCOPE}/integration` in dependencies,
    )
    .map(({ name }) => vendorOf(name));
  return [...new Set(vendors)].sort();
}

/** The vendor of a package, the prefix of its environment variables: `@vendor-graph/runzero` is runzero. */
export function vendorOf(packageName: string): string {
  return packageName.slice(packageName.lastIndexOf('/') + 1);
}

/** The folders in which packages may be installed, nearest to `cwd` first, the command's own last. */
export function packageFolders(cwd: string): string[] {
  const bases = [join(cwd, 'any.js'), fileURLToPath(import.meta.url)];
  const folders = bases.flatMap((base) => createRequire(base).resolve.paths('any') ?? []);
  return [...new Set(folders)];
}

function installedPackages(cwd: string): string[] {
  return packageFolders(cwd).flatMap((folder) => subfolders(join(folder, VENDOR_SCOPE)));
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
