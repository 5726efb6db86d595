import { spawnSimulator, type SpawnedSimulator } from '@vendor-graph/simulators';

/** An upload as the simulated JupiterOne knows it. */
export interface Upload {
  id: string;
  status: string;
  integrationInstanceId?: string;
}

interface HeldObject {
  _key: string;
  _type: string;
}

/** The simulated JupiterOne, in a process of its own, and what it was sent. */
export class JupiterOne {
  readonly #simulator: SpawnedSimulator;
  readonly apiKey: string;

  private constructor(simulator: SpawnedSimulator, apiKey: string) {
    this.#simulator = simulator;
    this.apiKey = apiKey;
  }

  static async start(apiKey: string): Promise<JupiterOne> {
    return new JupiterOne(await spawnSimulator('jupiterone', { apiKey }), apiKey);
  }

  get baseUrl(): string {
    return this.#simulator.baseUrl;
  }

  /** Uploads of an instance, or of all. */
  async uploads(instanceId?: string): Promise<Upload[]> {
    const { jobs } = (await this.#get('/simulated/jobs')) as { jobs: Upload[] };
    return instanceId === undefined ? jobs : jobs.filter((job) => job.integrationInstanceId === instanceId);
  }

  /** How many uploads of an instance were finalized. */
  async finished(instanceId: string): Promise<number> {
    return (await this.uploads(instanceId)).filter(({ status }) => status === 'FINISHED').length;
  }

  /** The keys of what it holds of an instance. */
  async held(instanceId: string): Promise<string[]> {
    const graph = (await this.#get(`/simulated/graph?scope=integration:${instanceId}`)) as {
      entities: HeldObject[];
      relationships: HeldObject[];
    };
    return [...graph.entities, ...graph.relationships].map(({ _key }) => _key).sort();
  }

  async close(): Promise<void> {
    await this.#simulator.close();
  }

  async #get(path: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.apiKey}`, 'jupiterone-account': 'simulated-account' };
    return (await fetch(`${this.baseUrl}${path}`, { headers })).json();
  }
}
