import type { IntegrationInstance, IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { CommandError } from '../command-error.js';
import { readEnvFile } from '../configuration/env-file.js';
import { disabledSources, readSourceSwitches, type SourceSwitches } from '../configuration/ingestion-sources.js';
import { readInstanceConfig, secretsIn } from '../configuration/instance-config.js';
import { createInstance } from '../configuration/instance.js';
import type { SettingSources } from '../configuration/settings.js';
import { startSimulation } from '../simulation/start-simulation.js';
import { fieldsOf, loadVendor } from '../vendors/load-vendor.js';
import { locateVendor, type VendorPackage } from '../vendors/locate-vendor.js';

/** Which vendor, and with what configuration. */
export interface VendorRequest {
  /** As the user wrote it: a name or a path. */
  vendor: string;
  /** Kind of credentials at the simulator; undefined: the real vendor. */
  simulate: string | undefined;
  sources: SourceSwitches;
}

/** A vendor that is ready to be run. */
export interface PreparedVendor {
  package: VendorPackage;
  invocationConfig: IntegrationInvocationConfig;
  instance: IntegrationInstance;
  simulated: boolean;
  /** Values that must never be shown. */
  secrets: readonly string[];
  /** What the user should know before the run. */
  warnings: readonly string[];
  /** Ends the simulator, if there is one. */
  close(): Promise<void>;
}

/**
 * Finds a vendor's package, loads it, and makes the instance to run it with.
 *
 * @param onSecrets called with the values that must not be shown, as soon as they are known.
 * @throws CommandError when the user has to correct something first.
 */
export async function prepareVendor(
  request: VendorRequest,
  environment: { env: Readonly<NodeJS.ProcessEnv>; cwd: string },
  onSecrets: (secrets: readonly string[]) => void,
): Promise<PreparedVendor> {
  const { env, cwd } = environment;
  const vendorPackage = locateVendor(request.vendor, cwd);
  const { vendor } = vendorPackage;
  const invocationConfig = await loadVendor(vendorPackage);
  const envFile = await readEnvFile(vendorPackage.envFile);
  const sources: SettingSources = { vendor, env, envFile };
  const disabled = disabledSources(invocationConfig.ingestionConfig, readSourceSwitches(request.sources, sources));

  const simulation = request.simulate === undefined ? undefined : await startSimulation(vendor, request.simulate, cwd);
  // A simulated run reads no real configuration at all: no real secret can reach the simulator, nor its data a real run.
  const config = simulation?.config ?? configFrom(invocationConfig, sources);
  const secrets = secretsIn(config, fieldsOf(invocationConfig));
  onSecrets(secrets);
  return {
    package: vendorPackage,
    invocationConfig,
    instance: createInstance(config, disabled, sources),
    simulated: simulation !== undefined,
    secrets,
    warnings: simulation === undefined ? envFile.warnings : [],
    close: async () => simulation?.close(),
  };
}

/** The last line of a message about missing values. */
export function simulateHint(vendor: string): string {
  return `To see it work without an account, use the built-in simulator: vendor-graph collect ${vendor} --simulate`;
}

function configFrom(invocationConfig: IntegrationInvocationConfig, sources: SettingSources): Record<string, unknown> {
  const { config, problems, incomplete } = readInstanceConfig(fieldsOf(invocationConfig), sources);
  if (problems.length === 0) return config;
  const lines = [`${sources.vendor}: the configuration cannot be used.`, ...problems.map((problem) => `- ${problem}`)];
  if (incomplete) lines.push(simulateHint(sources.vendor));
  throw new CommandError(lines.join('\n'));
}
