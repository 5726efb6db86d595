import type { IntegrationInvocationConfig, IntegrationStep } from '@jupiterone/integration-sdk-core';
import { readEnvFile } from '../configuration/env-file.js';
import { disabledSources, readSourceSwitches } from '../configuration/ingestion-sources.js';
import { readInstanceConfig, secretsIn } from '../configuration/instance-config.js';
import { createInstance } from '../configuration/instance.js';
import type { SettingSources } from '../configuration/settings.js';
import { createLogger } from '../logging/create-logger.js';
import { fieldsOf, loadVendor } from '../vendors/load-vendor.js';
import type { VendorPackage } from '../vendors/locate-vendor.js';

/** A step of a vendor, and whether it would run now. */
interface PlannedStep {
  id: string;
  name: string;
  dependsOn: readonly string[];
  /** Types of entities and relationships that it brings. */
  types: readonly string[];
  /** Why it is off; absent when it runs. */
  off?: string;
}

/** The steps of a vendor with the current configuration. */
export interface StepPlan {
  vendor: string;
  steps: readonly PlannedStep[];
  /** Without a usable configuration it is not known which steps its mode switches off. */
  configured: boolean;
}

/**
 * The steps of a vendor, which depends on which, and which are off: by an ingestion source, or by what the configuration
 * in the environment says. Nothing is asked of the vendor.
 *
 * @param onSecrets called with the values that must not be shown, before anything uses them.
 */
export async function stepPlan(
  vendorPackage: VendorPackage,
  env: Readonly<NodeJS.ProcessEnv>,
  onSecrets: (secrets: readonly string[]) => void,
): Promise<StepPlan> {
  const { vendor } = vendorPackage;
  const invocationConfig = await loadVendor(vendorPackage);
  const sources: SettingSources = { vendor, env, envFile: await readEnvFile(vendorPackage.envFile) };
  const switches = readSourceSwitches({ enable: [], disable: [] }, sources);
  const offSources = disabledSources(invocationConfig.ingestionConfig, switches);
  const { config } = readInstanceConfig(fieldsOf(invocationConfig), sources);
  onSecrets(secretsIn(config, fieldsOf(invocationConfig)));
  const states = await startStates(invocationConfig, createInstance(config, offSources, sources));
  return {
    vendor,
    configured: states !== undefined,
    steps: invocationConfig.integrationSteps.map((step) => {
      const off = offBySource(step, offSources) ?? offByConfiguration(states?.[step.id]);
      return {
        id: step.id,
        name: step.name,
        dependsOn: step.dependsOn ?? [],
        types: typesOf(step),
        ...(off === undefined ? {} : { off }),
      };
    }),
  };
}

type StartStates = Awaited<ReturnType<NonNullable<IntegrationInvocationConfig['getStepStartStates']>>>;

/** Undefined when the configuration cannot be used. */
async function startStates(
  { getStepStartStates, afterExecution }: IntegrationInvocationConfig,
  instance: ReturnType<typeof createInstance>,
): Promise<StartStates | undefined> {
  const startedOn = Date.now();
  const context = {
    instance,
    logger: createLogger(instance.name, 'fatal', ignore),
    executionHistory: { current: { startedOn } },
    executionConfig: {},
  };
  try {
    return (await getStepStartStates?.(context)) ?? {};
  } catch {
    // Whoever has not configured the vendor yet sees the steps all the same.
    return undefined;
  } finally {
    await afterExecution?.(context);
  }
}

function ignore(): void {
  // What a vendor logs about its configuration is no part of the plan.
}

function offBySource({ ingestionSourceId }: IntegrationStep, offSources: readonly string[]): string | undefined {
  return ingestionSourceId !== undefined && offSources.includes(ingestionSourceId)
    ? `its ingestion source ${ingestionSourceId} is off`
    : undefined;
}

function offByConfiguration(state: StartStates[string] | undefined): string | undefined {
  if (state?.disabled !== true) return undefined;
  const reason = state.disabledReason;
  return reason === undefined ? 'switched off by the configuration' : (REASONS[reason] ?? reason);
}

/** The SDK's reasons, in words. */
const REASONS: Readonly<Record<string, string>> = Object.freeze({
  permission: 'the configured credentials have no permission for it',
  config: 'the configuration switches it off',
  user_config: 'the user has switched it off',
  beta: 'it is in beta',
  api_version: "the vendor's API is of another version",
  parent_disabled: 'a step that it needs is off',
});

function typesOf({ entities, relationships, mappedRelationships = [] }: IntegrationStep): string[] {
  return [...new Set([...entities, ...relationships, ...mappedRelationships].map(({ _type }) => _type))].sort();
}
