import { pathToFileURL } from 'node:url';
import type { IntegrationInstanceConfigField, IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { CommandError } from '../command-error.js';
import type { VendorPackage } from './locate-vendor.js';

/** A field of a vendor's configuration; packages made with @vendor-graph/integration say where its value is found. */
export type VendorField = IntegrationInstanceConfigField & { whereToFind?: string };

/**
 * Loads what a vendor package exports.
 *
 * @throws CommandError when the package is not one that can be collected.
 */
export async function loadVendor(vendor: VendorPackage): Promise<IntegrationInvocationConfig> {
  const loaded: unknown = await import(pathToFileURL(vendor.entry).href);
  const config = exportOf(loaded) ?? exportOf(isObject(loaded) ? loaded['default'] : undefined);
  if (config === undefined)
    throw new CommandError(`${vendor.packageName} is not a vendor package: it exports no "invocationConfig".`);
  return config;
}

/** The configuration fields of a vendor by name. */
export function fieldsOf(config: IntegrationInvocationConfig): [name: string, field: VendorField][] {
  return Object.entries<VendorField>(config.instanceConfigFields ?? {});
}

function exportOf(module: unknown): IntegrationInvocationConfig | undefined {
  if (!isObject(module) || !isInvocationConfig(module['invocationConfig'])) return undefined;
  return module['invocationConfig'];
}

function isInvocationConfig(value: unknown): value is IntegrationInvocationConfig {
  return isObject(value) && Array.isArray(value['integrationSteps']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
