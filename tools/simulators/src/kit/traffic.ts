import { routeMatcher } from './route-matcher.js';
import type { Route, SimulatedRequest } from './route-matcher.js';

/** One request that arrived. */
export interface TrafficRecord extends SimulatedRequest {
  /** Status of the answer; 0 while it is being made, and when the connection ended before there was one. */
  readonly status: number;
  /** Time of arrival on the simulator's clock, ms since the epoch. */
  readonly at: number;
}

/** What a simulator has seen since it started or was reset. Requests to the simulator's own control routes are left out. */
export interface Traffic {
  /** The latest requests (at most 100,000) in order of arrival. */
  readonly requests: readonly TrafficRecord[];
  /** How many of `requests` a route matches; without a route, how many arrived at all. */
  count(route?: Route): number;
  /** Most requests that were under way at once. */
  readonly peakInFlight: number;
  /** Most connections that were open at once. */
  readonly peakConnections: number;
  /** Bytes sent, headers included. */
  readonly bytes: number;
  /** Most requests in any stretch of so many milliseconds (a closed-open interval of the simulator's clock). */
  maxPerWindow(ms: number): number;
  /** Requests that the vendor's authentication refused. */
  readonly unauthorized: number;
  /** The same by reason, in the simulator's own words. */
  readonly refusals: Readonly<Record<string, number>>;
  reset(): void;
}

const KEPT_REQUESTS = 100_000;

/** The traffic as the server writes it; everybody else reads it as `Traffic`. */
export class TrafficLog implements Traffic {
  #requests: WritableRecord[] = [];
  #times: number[] = [];
  #refusals = new Map<string, number>();
  #inFlight = 0;
  #peakInFlight = 0;
  #connections = 0;
  #peakConnections = 0;
  #bytes = 0;

  get requests(): readonly TrafficRecord[] {
    return this.#requests.slice(-KEPT_REQUESTS);
  }

  get peakInFlight(): number {
    return this.#peakInFlight;
  }

  get peakConnections(): number {
    return this.#peakConnections;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get refusals(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#refusals);
  }

  get unauthorized(): number {
    return [...this.#refusals.values()].reduce((sum, count) => sum + count, 0);
  }

  count(route?: Route): number {
    if (route === undefined) return this.#times.length;
    const matches = routeMatcher(route);
    return this.requests.filter(matches).length;
  }

  maxPerWindow(ms: number): number {
    const times = this.#times.toSorted((a, b) => a - b);
    let first = 0;
    let most = 0;
    for (const [index, time] of times.entries()) {
      while ((times[first] ?? time) <= time - ms) first += 1;
      most = Math.max(most, index - first + 1);
    }
    return most;
  }

  reset(): void {
    this.#requests = [];
    this.#times = [];
    this.#refusals = new Map();
    this.#peakInFlight = this.#inFlight;
    this.#peakConnections = this.#connections;
    this.#bytes = 0;
  }

  /** A request has arrived. Call the answer once, when its connection is done with it. */
  arrived(request: SimulatedRequest, at: number): (status: number, bytes: number) => void {
    const record: WritableRecord = { ...request, status: 0, at };
    this.#requests.push(record);
    // Cut back now and then, not at each request.
    if (this.#requests.length > 2 * KEPT_REQUESTS) this.#requests = this.#requests.slice(-KEPT_REQUESTS);
    this.#times.push(at);
    this.#inFlight += 1;
    this.#peakInFlight = Math.max(this.#peakInFlight, this.#inFlight);
    return (status, bytes) => {
      record.status = status;
      this.#inFlight -= 1;
      this.#bytes += bytes;
    };
  }

  /** A client has connected. Call the answer when it is gone. */
  connected(): () => void {
    this.#connections += 1;
    this.#peakConnections = Math.max(this.#peakConnections, this.#connections);
    return () => {
      this.#connections -= 1;
    };
  }

  /** The vendor's authentication has refused a request. */
  refused(reason: string): void {
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }
}

interface WritableRecord extends SimulatedRequest {
  status: number;
  at: number;
}
