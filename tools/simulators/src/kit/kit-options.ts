import { SimulatorOptionError } from './simulator-option-error.js';
import type { KitOptions, SimulatorClock } from './simulator.js';

/** The kit's options with nothing left open. */
export interface SettledKitOptions {
  readonly port: number;
  readonly latencyMs: number;
  readonly seed: number;
  /** The simulated server's time, offset included. */
  readonly clock: SimulatorClock;
  /** '' or a path that starts with a slash and does not end with one. */
  readonly pathPrefix: string;
}

const KIT_OPTIONS: Readonly<Record<keyof KitOptions, true>> = {
  port: true,
  latencyMs: true,
  seed: true,
  clock: true,
  clockOffsetMs: true,
  pathPrefix: true,
};

/** Whether an option belongs to the kit, not to the vendor. */
export function isKitOption(name: string): name is keyof KitOptions {
  return Object.hasOwn(KIT_OPTIONS, name);
}

/** Fills in the kit's defaults; throws a SimulatorOptionError when a value makes no sense. */
export function settleKitOptions(options: KitOptions): SettledKitOptions {
  const { port = 0, latencyMs = 0, seed = 1, clock = Date, clockOffsetMs = 0, pathPrefix = '' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SimulatorOptionError('Simulator option "port": expected a whole number from 0 to 65535.');
  }
  if (!Number.isFinite(latencyMs) || latencyMs < 0) {
    throw new SimulatorOptionError('Simulator option "latencyMs": expected a number of milliseconds of at least 0.');
  }
  if (!Number.isFinite(seed)) throw new SimulatorOptionError('Simulator option "seed": expected a number.');
  if (!Number.isFinite(clockOffsetMs)) {
    throw new SimulatorOptionError('Simulator option "clockOffsetMs": expected a number of milliseconds.');
  }
  if (pathPrefix !== '' && !/^(\/[\w.~-]+)+$/.test(pathPrefix)) {
    throw new SimulatorOptionError('Simulator option "pathPrefix": expected a path such as /gateway.');
  }
  return { port, latencyMs, seed, clock: { now: () => clock.now() + clockOffsetMs }, pathPrefix };
}
