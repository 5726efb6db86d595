import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFolders } from './known-vendors.js';
import { readManifest, type Manifest } from './manifest.js';

/** An installed package by its full name, nearest to `cwd` first, then where the command itself finds packages. */
export function installedPackage(packageName: string, cwd: string): Manifest | undefined {
  for (const folder of packageFolders(cwd)) {
    const manifest = readManifest(join(folder, packageName));
    if (manifest?.name === packageName) return manifest;
  }
  return undefined;
}

/** The file that importing a package loads; undefined when it does not exist, as in a package that is not built. */
export function entryOf(manifest: Manifest): string | undefined {
  const require = createRequire(manifest.path);
  try {
    // A package with exports finds itself by its own name.
    return require.resolve(manifest.hasExports ? manifest.name : manifest.folder);
  } catch {
    return undefined;
  }
}
