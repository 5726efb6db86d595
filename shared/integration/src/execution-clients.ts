import type { IntegrationExecutionContext } from '@jupiterone/integration-sdk-core';
import { sharedLimit } from './shared-limit.js';
import type { ClientExecution, VendorExecution } from './vendor-step.js';

/** What an execution works with from its validation to its end. */
export interface ExecutionClient<Config, Client> {
  readonly config: Config;
  readonly client: Client;
}

/**
 * One client per execution, made at the first use. Executions are told apart by their `instance.config` object, which
 * the SDK's runtime copies for each one: two accounts in one process share nothing.
 */
export class ExecutionClients<Config, Client extends { close(): Promise<void> }> {
  readonly #vendor: string;
  readonly #readConfig: (raw: Record<string, unknown>) => Config;
  readonly #createClient: (config: Config, execution: ClientExecution) => Client;
  readonly #byConfig = new WeakMap<object, ExecutionClient<Config, Client>>();

  constructor(
    vendor: string,
    readConfig: (raw: Record<string, unknown>) => Config,
    createClient: (config: Config, execution: ClientExecution) => Client,
  ) {
    this.#vendor = vendor;
    this.#readConfig = readConfig;
    this.#createClient = createClient;
  }

  /** The execution's client and configuration; throws what reading the configuration or making the client throws. */
  of(context: IntegrationExecutionContext): ExecutionClient<Config, Client> {
    const key: object = context.instance.config;
    let known = this.#byConfig.get(key);
    if (known === undefined) {
      const config = this.#readConfig(context.instance.config);
      known = { config, client: this.#createClient(config, this.#executionOf(context)) };
      this.#byConfig.set(key, known);
    }
    return known;
  }

  /** Closes the execution's client if one was made. */
  async close(context: IntegrationExecutionContext): Promise<void> {
    const key: object = context.instance.config;
    const known = this.#byConfig.get(key);
    this.#byConfig.delete(key);
    await known?.client.close();
  }

  #executionOf(context: IntegrationExecutionContext): ClientExecution {
    const execution = executionOf(context);
    return { ...execution, sharedLimit: (key) => sharedLimit(this.#vendor, key, execution.logger, process.env) };
  }
}

/** The part of the SDK's context that does not depend on a step. */
export function executionOf({ logger, instance, executionHistory }: IntegrationExecutionContext): VendorExecution {
  return { logger, instance, startedOn: executionHistory.current.startedOn };
}
