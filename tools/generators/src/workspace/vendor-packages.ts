import { readJson, type Tree } from '@nx/devkit';

/** The part of a package.json that the generators read. */
export interface Manifest extends Record<string, unknown> {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: Readonly<Record<string, unknown>>;
}

/** A vendor package of the workspace. */
export interface VendorPackage {
  /** From the root of the workspace. */
  readonly folder: string;
  /** Without the scope. */
  readonly name: string;
  readonly manifest: Manifest;
}

/** The vendor packages, by name. */
export function vendorPackages(tree: Tree): VendorPackage[] {
  return tree
    .children('packages')
    .sort()
    .map((name) => ({ name, folder: `packages/${name}` }))
    .filter(({ folder }) => tree.exists(`${folder}/package.json`))
    .map(({ name, folder }) => ({ name, folder, manifest: readJson<Manifest>(tree, `${folder}/package.json`) }));
}
