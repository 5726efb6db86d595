import { pathToFileURL } from 'node:url';
import { CommandError } from '../command-error.js';
import { entryOf, installedPackage } from '../vendors/locate-package.js';
import { knownWords } from '../vendors/suggestion.js';

const SIMULATORS_PACKAGE = '@vendor-graph/simulators';

/** A vendor's simulator in a process of its own, and a configuration that it accepts. */
export interface Simulation {
  config: Record<string, string>;
  close(): Promise<void>;
}

/** What the command uses of `@vendor-graph/simulators`, which it does not depend on. */
interface SimulatorsModule {
  spawnSimulator: (vendor: string) => Promise<{
    baseUrl: string;
    credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
    close(): Promise<void>;
  }>;
}

/**
 * Starts a vendor's simulator.
 *
 * @param credentials kind of credentials: `default`, or one that only this vendor has.
 * @throws CommandError when the simulators, which are not published, are not here, or have no such vendor or credentials.
 */
export async function startSimulation(vendor: string, credentials: string, cwd: string): Promise<Simulation> {
  const { spawnSimulator } = await loadSimulators(cwd);
  const simulator = await spawnSimulator(vendor).catch((error: unknown) => {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  });
  const config = Object.hasOwn(simulator.credentials, credentials) ? simulator.credentials[credentials] : undefined;
  if (config === undefined) {
    await simulator.close();
    const known = knownWords(credentials, Object.keys(simulator.credentials));
    throw new CommandError(`The simulator of ${vendor} has no credentials "${credentials}".${known}`);
  }
  return { config: { apiBaseUrl: simulator.baseUrl, ...config }, close: () => simulator.close() };
}

async function loadSimulators(cwd: string): Promise<SimulatorsModule> {
  const manifest = installedPackage(SIMULATORS_PACKAGE, cwd);
  if (manifest === undefined)
    throw new CommandError('--simulate works in a clone of https://github.com/vendor-graph/vendor-graph only.');
  const entry = entryOf(manifest);
  if (entry === undefined)
    throw new CommandError(`${SIMULATORS_PACKAGE} in ${manifest.folder} is not built. Run: npx nx build simulators`);
  return (await import(pathToFileURL(entry).href)) as SimulatorsModule;
}
