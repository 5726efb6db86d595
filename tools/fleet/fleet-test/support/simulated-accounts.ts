import { spawnSimulator, type SpawnedSimulator } from '@vendor-graph/simulators';
import type { JupiterOne } from './jupiterone.js';

/** Small simulators: what is tested is the fleet, not the vendors. */
const OPTIONS = {
  aquasec: { users: 3, groups: 2, apiKeys: 2, cloudAccounts: 1 },
  panoptica: { images: 1, rowsPerImage: 2, clusters: 1, workloads: 1, users: 1, oddities: false },
  runzero: { organizations: 2, sites: 1, users: 2, assets: 2, wirelessNetworks: 1, dailyQuota: 1_000_000 },
  threatstack: {
    agents: 3,
    offlineAgents: 1,
    cves: 2,
    serversPerCve: 1,
    alerts: 2,
    unmonitoredServers: 1,
    oddities: false,
  },
} as const;
/** Of all vendors, what is secret. */
const SECRETS = ['apiKey', 'apiSecret', 'userId', 'accountAPIKey', 'exportToken', 'accessKey', 'secretKey'];

/** The vendors of the simulated accounts. */
export const VENDORS = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];

/** The simulators of all vendors, and accounts at them. */
export class SimulatedVendors {
  readonly #simulators: ReadonlyMap<string, SpawnedSimulator>;

  private constructor(simulators: ReadonlyMap<string, SpawnedSimulator>) {
    this.#simulators = simulators;
  }

  /** @param latencyMs how long each vendor takes for an answer */
  static async start(vendors: readonly (keyof typeof OPTIONS)[] = VENDORS, latencyMs = 0): Promise<SimulatedVendors> {
    const started = await Promise.all(
      vendors.map(async (vendor) => {
        const simulator = await spawnSimulator<string>(vendor, { ...OPTIONS[vendor], latencyMs });
        return [vendor, simulator] as const;
      }),
    );
    return new SimulatedVendors(new Map(started));
  }

  /** Where the workers find the secrets of all accounts. */
  get env(): Record<string, string> {
    const env: Record<string, string> = {};
    for (const [vendor, { credentials }] of this.#simulators)
      for (const [field, value] of Object.entries(credentials['default'] ?? {}))
        if (SECRETS.includes(field)) env[variable(vendor, field)] = value;
    return env;
  }

  /** An account in the form of the accounts file. */
  account(vendor: string, name: string): Record<string, unknown> & { name: string; instanceId: string } {
    const simulator = this.#simulator(vendor);
    const fields = Object.entries({ apiBaseUrl: simulator.baseUrl, ...simulator.credentials['default'] });
    return {
      name,
      vendor,
      instanceId: `instance-of-${name}`,
      config: Object.fromEntries(fields.filter(([field]) => !SECRETS.includes(field))),
      secrets: Object.fromEntries(
        fields.filter(([field]) => SECRETS.includes(field)).map(([field]) => [field, { env: variable(vendor, field) }]),
      ),
    };
  }

  /** Lets the next requests of a route fail, or take long. */
  async addFault(vendor: string, fault: object): Promise<void> {
    const answer = await fetch(
      `${this.#simulator(vendor).baseUrl.replace(/^(https?:\/\/[^/]+).*$/, '$1')}/__simulator/faults`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      },
    );
    if (answer.status !== 204) throw new Error(await answer.text());
  }

  /** How many requests a vendor has had. */
  async requests(vendor: string): Promise<number> {
    const origin = this.#simulator(vendor).baseUrl.replace(/^(https?:\/\/[^/]+).*$/, '$1');
    return ((await (await fetch(`${origin}/__simulator/traffic`)).json()) as { count: number }).count;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#simulators.values()].map((simulator) => simulator.close()));
  }

  #simulator(vendor: string): SpawnedSimulator {
    const simulator = this.#simulators.get(vendor);
    if (simulator === undefined) throw new Error(`There is no simulator of ${vendor}.`);
    return simulator;
  }
}

/** The target of all simulated accounts. */
export function simulatedTarget(jupiterone: JupiterOne): object {
  return { main: { account: 'simulated-account', apiKey: { env: 'J1_KEY' }, apiBaseUrl: jupiterone.baseUrl } };
}

function variable(vendor: string, field: string): string {
  return `SECRET_${vendor}_${field}`.toUpperCase();
}
