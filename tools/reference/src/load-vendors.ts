import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { WORKSPACE } from './workspace.js';

/** A vendor package of the workspace, loaded. */
export interface Vendor {
  readonly name: string;
  /** "Aqua", from "Aqua in the JupiterOne graph". */
  readonly title: string;
  readonly invocationConfig: IntegrationInvocationConfig;
}

/**
 * All vendors, by name.
 *
 * @param entry the file of a package to load: its source where TypeScript is understood, otherwise what was built
 */
export async function loadVendors(entry: 'src/index.ts' | 'dist/index.js'): Promise<Vendor[]> {
  const folders = readdirSync(join(WORKSPACE, 'packages')).sort();
  const vendors: Vendor[] = [];
  for (const name of folders) {
    const folder = join(WORKSPACE, 'packages', name);
    const manifest = manifestIn(folder);
    if (manifest === undefined) continue;
    const { invocationConfig } = (await import(pathToFileURL(join(folder, entry)).href)) as Pick<
      Vendor,
      'invocationConfig'
    >;
    vendors.push({ name, title: manifest.description.replace(/ in the JupiterOne graph$/, ''), invocationConfig });
  }
  return vendors;
}

function manifestIn(folder: string): { readonly description: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { description: string };
  } catch (error) {
    // A folder that was left behind by a branch holds no package.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
