import type { Fault } from './fault.js';
import { routeMatcher } from './route-matcher.js';
import type { Route, SimulatedRequest } from './route-matcher.js';

/** One planned misbehaviour. */
export interface PlannedFault {
  readonly route: Route;
  /** So many matching requests are answered well first; default 0. */
  readonly skip?: number;
  /** How often it strikes after that; default for ever. */
  readonly times?: number;
  readonly fault: Fault;
}

/**
 * What goes wrong, and when. Entries are asked in the order in which they were added; the first that strikes decides, and
 * later ones do not see that request: two 500s followed by one 429 are simply two entries.
 */
export class FaultPlan {
  readonly #entries = new Set<Entry>();

  /** Adds a fault; the answer takes it back. Throws a TypeError when the route is malformed. */
  add(planned: PlannedFault): () => void {
    const entry: Entry = {
      matches: routeMatcher(planned.route),
      fault: planned.fault,
      skip: planned.skip ?? 0,
      times: planned.times ?? Number.POSITIVE_INFINITY,
    };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /** Everything works again. */
  clear(): void {
    this.#entries.clear();
  }

  /** The fault that strikes this request, if any; counts it. Called once a request by the server. */
  strike(request: SimulatedRequest): Fault | undefined {
    for (const entry of this.#entries) {
      if (!entry.matches(request)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      if (entry.times <= 0) this.#entries.delete(entry);
      if (entry.times >= 0) return entry.fault;
    }
    return undefined;
  }
}

interface Entry {
  readonly matches: (request: SimulatedRequest) => boolean;
  readonly fault: Fault;
  skip: number;
  times: number;
}
