export type { DamagedAnswer, Fault, InsteadOfAnswer } from './kit/fault.js';
export type { FaultPlan, PlannedFault } from './kit/fault-plan.js';
export type { Route, SimulatedRequest } from './kit/route-matcher.js';
export { SimulatorOptionError } from './kit/simulator-option-error.js';
export type {
  AnySimulatorDefinition,
  KitOptions,
  Simulator,
  SimulatorClock,
  SimulatorCredentials,
  SimulatorDefinition,
  SimulatorOptions,
  SimulatorSamples,
} from './kit/simulator.js';
export type { Traffic, TrafficRecord } from './kit/traffic.js';
export { simulatorDefinition, simulatorDefinitions, startSimulator } from './registry.js';
export type { StartOptions } from './registry.js';
export { spawnSimulator } from './spawn-simulator.js';
export type { SpawnedSimulator } from './spawn-simulator.js';
