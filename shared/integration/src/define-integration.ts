import type {
  DisabledStepReason,
  IntegrationExecutionContext,
  IntegrationIngestionConfigFieldMap,
  IntegrationInvocationConfig,
  IntegrationLogger,
  IntegrationStep,
} from '@jupiterone/integration-sdk-core';
import type { HttpError } from '@vendor-graph/http';
import type { ConfigField, ConfigFields } from './config-field.js';
import { ExecutionClients, executionOf } from './execution-clients.js';
import { toProviderError, type ProviderErrorContext } from './provider-error.js';
import { stepStartStates } from './step-start-states.js';
import type { ClientExecution, VendorExecution, VendorStep } from './vendor-step.js';

/** What makes a vendor an integration. */
export interface IntegrationDefinition<Config, Client extends { close(): Promise<void> }> {
  /** The package's name without its scope, e.g. `threatstack`; also the prefix of its environment variables. */
  readonly vendor: string;
  readonly fields: ConfigFields<Config>;
  /** Usually {@link readConfig} plus the defaults. Throws ConfigurationError. */
  readonly readConfig: (raw: Record<string, unknown>) => Config;
  /** Called once an execution. */
  readonly createClient: (config: Config, execution: ClientExecution) => Client;
  /**
   * One authenticated call, before anything is collected. A 401 or 403 becomes an authentication error, which stops the
   * run; other errors are mapped as in steps. May throw an IntegrationValidationError of its own.
   */
  readonly checkCredentials: (client: Client, config: Config, execution: VendorExecution) => Promise<void>;
  readonly steps: readonly VendorStep<Config, Client>[];
  readonly ingestionSources?: IntegrationIngestionConfigFieldMap;
  /** Steps that cannot run with this configuration, with the SDK's reason. */
  readonly disabledSteps?: (config: Config, logger: IntegrationLogger) => Record<string, DisabledStepReason>;
  /** Added to the error when the credentials are refused: what to check, and where. */
  readonly credentialHelp: string | ((error: HttpError) => string);
}

/**
 * The SDK's invocation config of a vendor: validates the configuration and the credentials, gives all steps of an
 * execution the same client and closes it at the end, switches off the ingestion sources that are off by default, and
 * maps errors so that users see the cause and a failed step never counts as complete.
 *
 * @throws TypeError when the definition contradicts itself: a step twice, a dependency or a source that does not exist.
 *
 * @example
 * import { defineIntegration, readConfig } from '@vendor-graph/integration';
 * const fields = { apiKey: { type: 'string', mask: true, whereToFind: 'Under Settings.' } } as const;
 * const invocationConfig = defineIntegration<{ apiKey: string }, { close(): Promise<void> }>({
 *   vendor: 'acme',
 *   fields,
 *   readConfig: (raw) => readConfig<{ apiKey: string }>('acme', fields, raw),
 *   createClient: () => ({ close: async () => undefined }),
 *   checkCredentials: async () => undefined,
 *   steps: [],
 *   credentialHelp: 'Check ACME_API_KEY.',
 * });
 *
 * invocationConfig.integrationSteps; // => []
 */
export function defineIntegration<Config, Client extends { close(): Promise<void> }>(
  definition: IntegrationDefinition<Config, Client>,
): IntegrationInvocationConfig {
  const { vendor, steps, ingestionSources = {}, credentialHelp } = definition;
  checkSteps(vendor, steps, ingestionSources);
  const fields: Record<string, ConfigField> = { ...definition.fields };
  const maskedFields = Object.keys(fields).filter((name) => fields[name]?.mask === true);

  const clients = new ExecutionClients(vendor, definition.readConfig, definition.createClient);
  const errorContext = (context: IntegrationExecutionContext): Omit<ProviderErrorContext, 'during'> => ({
    credentialHelp,
    secrets: maskedFields
      .map((name): unknown => context.instance.config[name])
      .filter((value) => typeof value === 'string'),
  });

  return {
    instanceConfigFields: fields,
    ingestionConfig: ingestionSources,

    async validateInvocation(context) {
      try {
        const { client, config } = clients.of(context);
        await definition.checkCredentials(client, config, executionOf(context));
      } catch (error) {
        throw toProviderError(error, { ...errorContext(context), during: 'validation' });
      }
    },

    getStepStartStates(context) {
      try {
        const off = definition.disabledSteps?.(clients.of(context).config, context.logger) ?? {};
        return stepStartStates(steps, context.instance, ingestionSources, off);
      } catch (error) {
        throw toProviderError(error, { ...errorContext(context), during: 'validation' });
      }
    },

    integrationSteps: steps.map((step): IntegrationStep => ({
      id: step.id,
      name: step.name,
      entities: [...step.entities],
      relationships: [...step.relationships],
      mappedRelationships: [...(step.mappedRelationships ?? [])],
      dependsOn: [...(step.dependsOn ?? [])],
      ingestionSourceId: step.ingestionSourceId,
      authorization: step.authorization,
      async executionHandler(context) {
        const { client, config } = clients.of(context);
        try {
          await step.run({ ...executionOf(context), client, config, jobState: context.jobState });
        } catch (error) {
          throw toProviderError(error, { ...errorContext(context), during: 'step' });
        }
      },
    })),

    afterExecution: (context) => clients.close(context),
  };
}

function checkSteps(
  vendor: string,
  steps: readonly VendorStep<never, never>[],
  sources: IntegrationIngestionConfigFieldMap,
): void {
  const ids = new Set<string>();
  for (const { id } of steps) {
    if (ids.has(id)) throw new TypeError(`${vendor} defines the step "${id}" twice.`);
    ids.add(id);
  }
  for (const { id, dependsOn = [], ingestionSourceId } of steps) {
    for (const dependency of dependsOn)
      if (!ids.has(dependency))
        throw new TypeError(`${vendor}: the step "${id}" depends on "${dependency}", which is not a step.`);
    if (ingestionSourceId !== undefined && !Object.hasOwn(sources, ingestionSourceId))
      throw new TypeError(
        `${vendor}: the step "${id}" names "${ingestionSourceId}", which is not in ingestionSources.`,
      );
  }
}
