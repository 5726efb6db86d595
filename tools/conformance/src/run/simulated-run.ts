import type { IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import type { AnySimulatorDefinition, Simulator } from '@vendor-graph/simulators';
import { resourceOf } from '../wire/resources.js';
import { WireProxy, type FaultSchedule } from '../wire/wire-proxy.js';
import type { WireRequest } from '../wire/wire-request.js';
import { collect, type Collection } from './collect.js';
import { graphOf, type GraphObject } from './graph.js';
import { inVirtualTime, START } from './virtual-time.js';

/** A vendor as the tests need it. */
export interface TestedVendor {
  readonly invocationConfig: IntegrationInvocationConfig;
  readonly simulator: AnySimulatorDefinition;
}

export interface SimulatedRunOptions {
  /** Of the simulator; default: its small sample. */
  readonly simulator?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What the wire does wrong. */
  readonly schedule?: FaultSchedule;
  /** Which credentials of the simulator; default `default`. */
  readonly credentials?: string;
  /** Instead of the simulator's credentials, whose values it gets. */
  readonly config?: (right: Readonly<Record<string, string>>) => Readonly<Record<string, unknown>>;
  /** Something to do with the simulator first. */
  readonly prepare?: (simulator: Simulator) => void;
}

/** A collection from a simulator, and what was seen on the wire. */
export interface SimulatedRun extends Collection {
  /** Sorted, without addresses of this run. */
  readonly graph: readonly GraphObject[];
  readonly requests: readonly WireRequest[];
  /** What was asked for, in the order in which it was first asked for. */
  readonly resources: readonly string[];
  /** The values that the instance was configured with. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Requests that the simulator's authentication refused. */
  readonly unauthorized: number;
}

/**
 * Collects a vendor from its simulator, in virtual time, through a proxy that can misbehave. Ends when all connections
 * are closed again: a vendor that leaves one open does not come back from here.
 */
export async function simulatedRun(vendor: TestedVendor, options: SimulatedRunOptions = {}): Promise<SimulatedRun> {
  const definition = vendor.simulator;
  let proxy: WireProxy | undefined;
  return inVirtualTime(
    async () => {
      const simulator = await definition.start({
        ...(options.simulator ?? definition.samples?.small),
        clock: { now: () => Date.now() },
      });
      options.prepare?.(simulator);
      proxy = await WireProxy.before(simulator.baseUrl);
      if (options.schedule !== undefined) proxy.misbehave(options.schedule);
      try {
        const right = { ...simulator.credentials[options.credentials ?? 'default'], apiBaseUrl: proxy.baseUrl };
        const config = options.config?.(right) ?? right;
        const collection = await collect(vendor.invocationConfig, config, { startedOn: START });
        await proxy.allClosed();
        return {
          ...collection,
          graph: graphOf(collection, proxy.baseUrl, simulator.baseUrl),
          requests: proxy.requests,
          resources: [...new Set(proxy.requests.map(resourceOf))],
          config,
          unauthorized: simulator.traffic.unauthorized,
        };
      } finally {
        await proxy.close();
        await simulator.close();
      }
    },
    { isHeld: () => proxy?.held ?? 0 },
  );
}
