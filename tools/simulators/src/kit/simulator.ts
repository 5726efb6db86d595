import type { FaultPlan } from './fault-plan.js';
import type { Traffic } from './traffic.js';

/** One running simulator. */
export interface Simulator {
  readonly vendor: string;
  /** Origin and path prefix, without a trailing slash: what a client takes as its `apiBaseUrl`. */
  readonly baseUrl: string;
  /** Instance configs that work, by kind of credential; each maps config fields to values. Every simulator has `default`. */
  readonly credentials: SimulatorCredentials;
  readonly faults: FaultPlan;
  readonly traffic: Traffic;
  /** Ends the server and every open connection. */
  close(): Promise<void>;
}

export type SimulatorCredentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A simulator's own options: flat scalars, so that a command line can set them. */
export type SimulatorOptions = Record<string, string | number | boolean>;

/** The same as a constraint that an interface can meet. */
export type ScalarsOf<Options> = Readonly<Record<keyof Options, string | number | boolean>>;

/** Where a simulator reads the time; the answer is in milliseconds since the epoch. */
export interface SimulatorClock {
  now(): number;
}

/** Options that every simulator understands. */
export interface KitOptions {
  /** Port on 127.0.0.1; 0 (default) takes a free one. */
  port?: number;
  /** Real milliseconds that pass before each request is looked at; default 0. */
  latencyMs?: number;
  /** Same seed, same data; default 1. */
  seed?: number;
  /** Default: the system clock. */
  clock?: SimulatorClock;
  /** Added to the clock: a server whose time is wrong by so many milliseconds; default 0. */
  clockOffsetMs?: number;
  /** Mounts the whole API below this path (`/gateway`), as a reverse proxy does; default none. */
  pathPrefix?: string;
}

/** Data for the tests that every vendor has to pass, as options of its simulator. */
export interface SimulatorSamples<Options extends ScalarsOf<Options>> {
  /** An account in which there is nothing. */
  readonly empty: Readonly<Partial<Options>>;
  /** An account with every type, in as few records as will do. */
  readonly small: Readonly<Partial<Options>>;
  /** The lists that are read page by page. */
  readonly pagedLists: readonly {
    /** The option that says how long the list is. */
    readonly length: keyof Options & string;
    /** How many records a page has at most, with these options. */
    readonly pageSize: number;
    readonly options: Readonly<Partial<Options>>;
  }[];
  /**
   * Resources (`GET /orgs/:id/tokens`) whose refusal says, by the vendor's contract, that there is none. Everything else
   * that is refused must fail the step that reads it.
   */
  readonly refusable?: readonly string[];
}

/** What a vendor's simulator is to the registry; made by `defineSimulator`. */
export interface SimulatorDefinition<Options extends ScalarsOf<Options>> {
  readonly vendor: string;
  readonly title: string;
  readonly defaults: Readonly<Options>;
  /** One sentence for each option. */
  readonly optionHelp: Readonly<Record<keyof Options, string>>;
  /** Every vendor has them; a simulator of something else need not. */
  readonly samples?: SimulatorSamples<Options>;
  /** Starts a server. Throws a SimulatorOptionError for an unknown option or one of the wrong type. */
  start(options?: Partial<Options> & KitOptions): Promise<Simulator>;
}

/** A definition to code that does not know the vendor; `start` takes the vendor's options too and checks them. */
export interface AnySimulatorDefinition {
  readonly vendor: string;
  readonly title: string;
  readonly defaults: Readonly<SimulatorOptions>;
  readonly optionHelp: Readonly<Record<string, string>>;
  readonly samples?: SimulatorSamples<SimulatorOptions>;
  start(options?: KitOptions): Promise<Simulator>;
}
