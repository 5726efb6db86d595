/** What a worker tells the guard in a job's process. */
export interface ToGuard {
  type: 'lease';
  /** The process may go on for so long, in ms from now. */
  forMs: number;
}

/** What the guard tells the worker. */
export interface FromGuard {
  type: 'memory';
  bytes: number;
}

/** What the guard is told at its start, by an environment variable that it removes. */
export interface GuardOrders {
  /** ms from now. */
  forMs: number;
  /** More resident memory than this ends the process. */
  memoryBytes: number;
}

/** Name of that variable. */
export const GUARD_VARIABLE = 'VENDOR_GRAPH_FLEET_GUARD';
