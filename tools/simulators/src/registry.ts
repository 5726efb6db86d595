import { aquasec } from './aquasec/definition.js';
import type { AnySimulatorDefinition, KitOptions, Simulator, SimulatorDefinition } from './kit/simulator.js';
import { jupiterone } from './jupiterone/definition.js';
import { panoptica } from './panoptica/definition.js';
import { runzero } from './runzero/definition.js';
import { threatstack } from './threatstack/definition.js';

/**
 * All simulators. A vendor's definition module holds names and defaults only; its server is loaded when it is started.
 * One line a vendor.
 */
const definitions = Object.freeze({ aquasec, jupiterone, panoptica, runzero, threatstack });

/** Options for a vendor: its own when its name is known to the compiler, otherwise anything (checked at run time). */
export type StartOptions<Vendor extends string> = Vendor extends keyof typeof definitions
  ? (typeof definitions)[Vendor] extends SimulatorDefinition<infer Options>
    ? Partial<Options> & KitOptions
    : never
  : KitOptions & Readonly<Record<string, unknown>>;

/** The same for code that learns the vendor's name at run time. */
export const simulatorDefinitions: Readonly<Record<string, AnySimulatorDefinition>> = definitions;

/** The definition of a vendor's simulator. Throws a RangeError for a vendor without one. */
export function simulatorDefinition(vendor: string): AnySimulatorDefinition {
  const definition = Object.hasOwn(simulatorDefinitions, vendor) ? simulatorDefinitions[vendor] : undefined;
  if (definition === undefined) {
    const known = Object.keys(simulatorDefinitions).join(', ');
    throw new RangeError(`There is no simulator for "${vendor}". There are: ${known}.`);
  }
  return definition;
}

/**
 * Starts a vendor's simulator in this process. Throws a RangeError for a vendor without one, a SimulatorOptionError for
 * an option that it does not have.
 */
export async function startSimulator<Vendor extends string>(
  vendor: Vendor,
  options?: StartOptions<Vendor>,
): Promise<Simulator>;
export async function startSimulator(vendor: string, options?: KitOptions): Promise<Simulator> {
  return simulatorDefinition(vendor).start(options);
}
