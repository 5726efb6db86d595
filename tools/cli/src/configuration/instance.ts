import type { IntegrationInstance } from '@jupiterone/integration-sdk-core';
import { environmentVariable } from '@vendor-graph/integration';
import { readSetting, type SettingSources } from './settings.js';

/**
 * The integration instance that a run stands for. `INTEGRATION_INSTANCE_ID` and `INTEGRATION_INSTANCE_NAME` are the SDK's
 * own variables and no secrets, so they are read from the environment without the vendor's prefix, too.
 */
export function createInstance(
  config: Record<string, unknown>,
  disabledSources: readonly string[],
  sources: SettingSources,
): IntegrationInstance {
  const setting = (name: string): string | undefined =>
    readSetting(sources, environmentVariable(sources.vendor, name), name) ?? nonEmpty(sources.env[name]);
  return {
    // The SDK's defaults for local runs: keys of entities can depend on them.
    id: setting('INTEGRATION_INSTANCE_ID') ?? 'local-integration-instance',
    name: setting('INTEGRATION_INSTANCE_NAME') ?? 'Local Integration',
    accountId: 'Your account',
    integrationDefinitionId: 'local-integration-definition',
    description: 'A generated integration instance for local execution',
    config,
    disabledSources: disabledSources.map((ingestionSourceId) => ({ ingestionSourceId })),
  };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
