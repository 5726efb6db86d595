import { pathToFileURL } from 'node:url';
import { entryOf, installedPackage } from '../vendors/locate-package.js';
import type { RegisterCommand } from './command-registry.js';

/** Packages that bring commands of their own, which nobody needs to install. Their main module exports `registerCommand`. */
const COMMAND_PACKAGES = ['@vendor-graph/fleet'];

/**
 * The commands of the packages that are installed beside this one. A package that is not installed, or not built, brings
 * none.
 *
 * @throws what loading an installed package throws.
 */
export async function installedCommands(cwd: string): Promise<RegisterCommand[]> {
  const commands: RegisterCommand[] = [];
  for (const name of COMMAND_PACKAGES) {
    const manifest = installedPackage(name, cwd);
    const entry = manifest === undefined ? undefined : entryOf(manifest);
    if (entry === undefined) continue;
    const { registerCommand } = (await import(pathToFileURL(entry).href)) as { registerCommand?: RegisterCommand };
    if (registerCommand !== undefined) commands.push(registerCommand);
  }
  return commands;
}
