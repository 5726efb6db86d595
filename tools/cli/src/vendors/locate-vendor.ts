import { dirname, isAbsolute, join, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { knownVendors, VENDOR_SCOPE, vendorOf } from './known-vendors.js';
import { entryOf, installedPackage } from './locate-package.js';
import { readManifest, type Manifest } from './manifest.js';
import { knownWords } from './suggestion.js';
import { findWorkspace } from './workspace.js';

/** A vendor package on this machine. */
export interface VendorPackage {
  /** Short name, the prefix of its environment variables: `runzero`. */
  vendor: string;
  packageName: string;
  version: string;
  /** Where the package lies. */
  folder: string;
  /** The file to import. */
  entry: string;
  /** Its environment file. */
  envFile: string;
  /** Where its graph goes unless the user names another folder. */
  graphFolder: string;
}

/**
 * Finds a vendor package by what the user wrote: a folder of the workspace's `packages` (`runzero`), an installed package
 * (`runzero`, `@vendor-graph/runzero`, `@acme/graph-foo`), or a path.
 *
 * @throws CommandError when there is no such package, with a suggestion, or when it is not built.
 */
export function locateVendor(argument: string, cwd: string): VendorPackage {
  const workspace = findWorkspace(cwd);
  const manifest = isPath(argument) ? readManifest(resolve(cwd, argument)) : findByName(argument, workspace, cwd);
  if (manifest === undefined) throw notFound(argument, cwd);

  const vendor = vendorOf(manifest.name);
  const inWorkspace = workspace !== undefined && dirname(manifest.folder) === join(workspace, 'packages');
  const folder = inWorkspace ? manifest.folder : join(cwd, vendor);
  const entry = entryOf(manifest);
  if (entry === undefined) throw notBuilt(manifest, inWorkspace);
  return {
    vendor,
    packageName: manifest.name,
    version: manifest.version,
    folder: manifest.folder,
    entry,
    envFile: join(folder, '.env'),
    graphFolder: inWorkspace ? join(folder, '.j1-integration') : folder,
  };
}

function isPath(argument: string): boolean {
  return isAbsolute(argument) || argument.startsWith('.') || (argument.includes('/') && !argument.startsWith('@'));
}

function findByName(name: string, workspace: string | undefined, cwd: string): Manifest | undefined {
  if (workspace !== undefined) {
    const manifest = readManifest(join(workspace, 'packages', vendorOf(name)));
    if (manifest !== undefined && (manifest.name === name || vendorOf(manifest.name) === name)) return manifest;
  }
  const packageNames = name.startsWith('@') ? [name] : [`${VENDOR_SCOPE}/${name}`, name];
  return packageNames.map((packageName) => installedPackage(packageName, cwd)).find((found) => found !== undefined);
}

function notBuilt(manifest: Manifest, inWorkspace: boolean): CommandError {
  const remedy = inWorkspace ? `Run: npx nx build ${vendorOf(manifest.name)}` : 'Build it, or install it anew.';
  return new CommandError(`${manifest.name} in ${manifest.folder} is not built. ${remedy}`);
}

function notFound(argument: string, cwd: string): CommandError {
  if (isPath(argument)) return new CommandError(`There is no package in ${resolve(cwd, argument)}.`);
  const known = knownVendors(cwd);
  const remedy =
    known.length === 0
      ? ` Install one, e.g.: npm install ${VENDOR_SCOPE}/runzero`
      : knownWords(vendorOf(argument), known);
  return new CommandError(`There is no vendor package "${argument}" here.${remedy}`);
}
