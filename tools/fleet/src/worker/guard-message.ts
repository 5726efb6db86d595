/** What a worker tells the guard in a job's process. */
export interface ToGuard {
  type: 'lease';
  /** The process may go on until then, by {@link machineTime}. */
  until: number;
}

/** What the guard tells the worker. */
export interface FromGuard {
  type: 'memory';
  bytes: number;
}

/** What the guard is told at its start, by an environment variable that it removes. */
export interface GuardOrders {
  /** The process may go on until then, by {@link machineTime}. */
  until: number;
  /** More resident memory than this ends the process. */
  memoryBytes: number;
}

/** Name of that variable. */
export const GUARD_VARIABLE = 'VENDOR_GRAPH_FLEET_GUARD';

/**
 * A clock that all processes of this machine share and that nobody sets, in ms. What is told to a process that is busy
 * and hears it late means the same to it then.
 */
export function machineTime(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
