import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { simulatorDefinition, type AnySimulatorDefinition } from '@vendor-graph/simulators';

/** The folder of the workspace. */
export const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url));

/** A vendor package of the workspace. */
export interface Vendor {
  /** The package's name without its scope, which is also the name of its simulator. */
  readonly name: string;
  readonly packageName: string;
  readonly folder: string;
  readonly invocationConfig: IntegrationInvocationConfig;
  readonly simulator: AnySimulatorDefinition;
}

/** The part of a package.json that counts here. */
interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** All vendors: every folder of `packages` with the tag of a vendor, loaded from its source. A new one needs no line here. */
export async function loadVendors(): Promise<readonly Vendor[]> {
  const folders = readdirSync(join(WORKSPACE, 'packages')).map((name) => join(WORKSPACE, 'packages', name));
  const vendors = await Promise.all(folders.map(loadVendor));
  return vendors.filter((vendor) => vendor !== undefined);
}

async function loadVendor(folder: string): Promise<Vendor | undefined> {
  const { name: packageName, exports, nx } = readManifest(folder) ?? {};
  const source = exports?.['.']?.['@vendor-graph/source'];
  if (packageName === undefined || source === undefined || nx?.tags?.includes('layer:vendor') !== true)
    return undefined;
  const { invocationConfig } = (await import(pathToFileURL(join(folder, source)).href)) as Pick<
    Vendor,
    'invocationConfig'
  >;
  const name = packageName.slice(packageName.indexOf('/') + 1);
  return { name, packageName, folder, invocationConfig, simulator: simulatorDefinition(name) };
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch (error) {
    // A folder that was left behind by a branch holds no package.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
